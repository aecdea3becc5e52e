import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { flags, words } from "../../../server/src/core/container/flags";
import type { ContainerSource } from "../../../server/src/core/container/source";
import type { ContainerSpec } from "../../../server/src/core/container/spec";
import type { Target } from "../../../server/src/core/engine";
import { isPlan } from "../../../server/src/core/plan/plan";
import { launches } from "../../../server/src/core/project/plans";
import { readCompose } from "../../../server/src/core/surfaces/compose/read";
import { type Boot, type BootRequest, boot, build, type Engine, ensureBases, removeImage } from "..";
import type { Result } from "../process";
import { inFolder, type Project, snapshotOf, uriOf } from "./project";

/** What is done with the container besides starting it. */
export type Watch = Pick<BootRequest, "inspect" | "restarted">;

/** How the plan for a Dockerfile starts its image on that engine; throws if there is no such plan. */
export function plannedRun(project: Project, target: Target): ContainerSpec {
  const { path, files } = project;
  const file = { uri: uriOf(path), text: files[path] ?? "", snapshot: snapshotOf(project) };
  const [launch] = launches(file, target);
  if (!launch || !isPlan(launch.plan)) throw new Error(`There is no plan for ${path}.`);
  return launch.plan.spec;
}

/** Builds a project's Dockerfile and boots the image with the flags of that spec. */
export function bootImage(
  engine: Engine,
  project: Project,
  spec: ContainerSpec,
  watch?: Watch,
): Promise<Boot> {
  return inFolder(project, (context) =>
    boot(engine, { context, args: flags(spec), command: words(spec), ...watch }),
  );
}

let count = 0;

/** Provides the images of projects whose builds succeed. Each is built once and removed when the work is done. */
export async function withImages<T>(
  engine: Engine,
  work: (imageOf: (project: Project) => Promise<string | undefined>) => Promise<T>,
): Promise<T> {
  const images = new Map<string, string | undefined>();
  const imageOf = async (project: Project): Promise<string | undefined> => {
    const { "compose.yaml": _, ...files } = project.files;
    const key = JSON.stringify(files);
    if (images.has(key)) return images.get(key);
    const image = `lab-image-${process.pid}-${++count}`;
    const { code } = await inFolder(project, (context) => build(engine, context, image));
    images.set(key, code === 0 ? image : undefined);
    return images.get(key);
  };
  try {
    return await work(imageOf);
  } finally {
    for (const image of images.values()) if (image) await removeImage(engine, image);
  }
}

/** The first container that a project's compose file starts. */
export function firstContainer(project: Project): ContainerSource | undefined {
  const { path, files } = project;
  return readCompose(uriOf(path), files[path] ?? "", snapshotOf(project).read).containers[0];
}

/** systemd's version in an image that is only named. */
export const referenceSystemd = 252;

/** Gives an image of the lab the name of the one that a container only names. */
export async function provideImage(engine: Engine, { build, spec }: ContainerSource, systemd: number) {
  if (build || !spec.image) return;
  await engine.ensureImage(`systemd-test:${systemd}`);
  await engine.exec(["docker", "tag", `systemd-test:${systemd}`, spec.image]);
}

/**
 * Starts the first service of a project's compose file with `docker compose`, as a user would. If the service does
 * not build its image, an image with that systemd version gets the image's name.
 */
export function bootCompose(engine: Engine, project: Project, systemd: number, watch?: Watch): Promise<Boot> {
  return inFolder(project, async (folder) => {
    const { path, files } = project;
    const source = firstContainer(project);
    if (!source) throw new Error(`${path} starts nothing.`);
    await ensureBases(engine, Object.values(files).join("\n"));
    await provideImage(engine, source, systemd);
    const service = { name: source.name, path, built: source.build !== undefined };
    return boot(startingWith(engine, folder, service), { ...watch });
  });
}

/**
 * The engine with `docker compose up` in place of the `docker run` of `boot`. The lab has no network bridge, so
 * builds use the host's network and containers have none.
 */
function startingWith(
  engine: Engine,
  cwd: string,
  { name: service, path, built }: { name: string; path: string; built: boolean },
): Engine {
  // Podman has no separate compose program, so Docker's is used with Podman's Docker-compatible API.
  const podman = engine.facts.engine === "podman";
  const program = podman ? ["docker-compose"] : ["docker", "compose"];
  const env = { DOCKER_HOST: engine.socket.startsWith("/") ? `unix://${engine.socket}` : engine.socket };
  const compose = (name: string, ...words: string[]) =>
    engine.exec([...program, "-p", name, "-f", path, "-f", "lab.json", ...words], { cwd, env });
  return replacing(engine, {
    up: async (name) => {
      const image = `localhost/${name}`;
      const build = built ? { build: { network: "host" }, image } : {};
      const override = { services: { [service]: { container_name: name, network_mode: "none", ...build } } };
      await writeFile(join(cwd, "lab.json"), JSON.stringify(override));
      // With Podman's API, compose would pull a builder from a registry.
      const made = !built
        ? undefined
        : podman
          ? await engine.exec(["podman", "build", "--network", "host", "--tag", image, "."], { cwd })
          : await compose(name, "build", service);
      if (made && made.code !== 0) return made;
      return compose(name, "up", "-d", "--no-build", "--pull", "never", service);
    },
    down: async (name) => {
      await compose(name, "down", "--volumes");
      await removeImage(engine, `localhost/${name}`);
    },
  });
}

/** Starts a container through the Engine API with the given create options. */
export function bootByApi(engine: Engine, options: Record<string, unknown>, watch?: Watch): Promise<Boot> {
  const hostConfig = { ...(options.HostConfig as object), NetworkMode: "none" };
  const body = JSON.stringify({ ...options, HostConfig: hostConfig });
  const up = async (name: string): Promise<Result> => {
    const created = await post(engine.socket, `/v1.41/containers/create?name=${name}`, body);
    return created.code === 0 ? post(engine.socket, `/v1.41/containers/${name}/start`) : created;
  };
  const image = String(options.Image);
  return boot(replacing(engine, { up }), { image, ...watch });
}

function post(socketPath: string, path: string, body = ""): Promise<Result> {
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((done, fail) => {
    const asked = request({ socketPath, path, method: "POST", headers }, (response) => {
      let stdout = "";
      response.on("data", (chunk) => {
        stdout += chunk;
      });
      response.on("end", () =>
        done({ code: (response.statusCode ?? 500) < 400 ? 0 : 1, stdout, stderr: "" }),
      );
    });
    asked.on("error", fail);
    asked.end(body);
  });
}

/** The engine, with `up` in place of the `run` of `boot`, and with `down` before its `rm`. */
function replacing(
  engine: Engine,
  { up, down }: { up(name: string): Promise<Result>; down?(name: string): Promise<void> },
): Engine {
  const exec: Engine["exec"] = async (argv, options) => {
    if (argv[1] === "run") return up(argv[argv.indexOf("--name") + 1] ?? "");
    if (argv[1] === "rm") await down?.(argv.at(-1) ?? "");
    return engine.exec(argv, options);
  };
  return { ...engine, exec };
}
