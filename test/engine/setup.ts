import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { afterAll, beforeAll, type TestContext } from "vitest";
import { type Connection, isConnection, search } from "../../client/src/engine/connect/connect";
import type { Engine, StartRequest } from "../../client/src/ports";
import { connectTo, noWorld } from "../client/engine/connect-to";
import { isSkipped, type Engine as Lab, startEngine } from "../lab";

export { rejection, shownOf } from "../client/engine/rejection";

/** An engine of the lab with our engine code connected to it. */
export interface Setup {
  readonly lab: Lab;
  readonly engine: Engine;
  readonly connection: Connection;
  /** A separate dockerode, so that what is checked does not come from the code under test. */
  readonly docker: Docker;
}

export const never = new AbortController().signal;

/** Starts an engine for a file of tests; `setup` skips the test that calls it where there is none, and reports why. */
export function useEngine(
  name: string,
  images: readonly string[],
): (context: Pick<TestContext, "skip">) => Setup {
  let setup: Setup | undefined;
  let reason = "the engine did not start";
  beforeAll(async () => {
    const lab = await startEngine(name);
    if (isSkipped(lab)) {
      reason = lab.skipped;
      return;
    }
    for (const image of images) await lab.ensureImage(image);
    const host = lab.socket.includes("://") ? lab.socket : `unix://${lab.socket}`;
    // On a loaded host an engine that was just started takes its time.
    const [connection] = (await search(noWorld, { host, timeout: 60_000 })).places;
    if (!connection || !isConnection(connection)) throw new Error(JSON.stringify(connection));
    const docker = new Docker({ socketPath: lab.socket });
    setup = { lab, engine: await connectTo(host), connection, docker };
  });
  afterAll(() => setup?.lab.stop());
  return ({ skip }) => setup ?? skip(reason);
}

/** Everything that an engine keeps, to see that nothing was left behind. */
export async function inventory({ docker }: Setup): Promise<readonly string[]> {
  const [containers, images, volumes] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listImages({ all: true }),
    docker.listVolumes(),
  ]);
  return [
    ...containers.map(({ Names }) => `container ${Names.join()}`),
    ...images.map(({ Id, RepoTags }) => `image ${Id} ${RepoTags?.join()}`),
    ...(volumes.Volumes ?? []).map(({ Name }) => `volume ${Name}`),
  ].sort();
}

/** A directory with these files, removed when the function has ended. */
export async function inFolder<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the plan reports for Docker 28 on cgroup 2: it boots every systemd. */
export function startRequest(image: string, name: string, more: object = {}): StartRequest {
  return {
    name,
    uri: "file:///project/Dockerfile",
    create: {
      api: "docker",
      body: {
        Image: image,
        Cmd: ["/sbin/init"],
        Tty: true,
        StopSignal: "SIGRTMIN+3",
        Env: ["container=docker"],
        HostConfig: {
          Init: false,
          SecurityOpt: ["writable-cgroups=true"],
          Tmpfs: { "/run": "", "/run/lock": "", "/tmp": "exec,mode=1777" },
          ...more,
        },
      },
    },
  };
}

/** Docker before 28, and cgroup 1. */
export function hostCgroups(image: string, name: string): StartRequest {
  return startRequest(image, name, {
    SecurityOpt: [],
    Binds: ["/sys/fs/cgroup:/sys/fs/cgroup:rw"],
    CgroupnsMode: "host",
  });
}

/** Podman does on its own what systemd needs. The lab has no network for it. */
export function bare(image: string, name: string): StartRequest {
  return withBody(startRequest(image, name), {
    Env: undefined,
    HostConfig: { NetworkMode: "none" },
  });
}

/** The same request with other fields in its body. */
export function withBody(request: StartRequest, fields: object): StartRequest {
  const { api, body } = request.create;
  return { ...request, create: { api, body: { ...body, ...fields } } };
}
