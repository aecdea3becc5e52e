import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type Docker from "dockerode";
import { extract } from "tar-stream";
import type { InspectedImage } from "../../../../server/src/protocol";
import type { ImageLook, LocalImage } from "../../ports/launching";
import { request, segment } from "../docker";
import { hasStatus, withFaults } from "../errors";
import { containerLabel } from "../labels";
import { variable } from "../variable";
import { removeContainer } from "./containers";

/** The engine's images, one entry per name, the newest first. */
export function listImages(docker: Docker): Promise<readonly LocalImage[]> {
  return withFaults("list-images", undefined, async () => {
    const found = await request<readonly Listed[]>(docker, { method: "GET", path: "/images/json" });
    return found
      .flatMap(({ Id, RepoTags, Size, Created }) => {
        const names = (RepoTags ?? []).filter((name) => name !== "<none>:<none>");
        const references = names.length > 0 ? names : [Id.replace(/^sha256:/, "").slice(0, 12)];
        return references.map((reference) => ({ id: Id, reference, size: Size, created: Created }));
      })
      .sort((a, b) => b.created - a.created);
  });
}

interface Listed {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Size: number;
  readonly Created: number;
}

/** The parts of the response to `GET /images/{name}/json` that are needed. */
interface Inspected {
  readonly Architecture?: string;
  readonly Config?: {
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly User?: string;
    readonly Env?: readonly string[] | null;
    readonly Volumes?: Readonly<Record<string, unknown>> | null;
    readonly StopSignal?: string;
    readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
  } | null;
}

/** The paths of systemd and other init systems, on any distribution. */
const initPaths = ["/sbin/init", "/usr/sbin/init", "/lib/systemd/systemd", "/usr/lib/systemd/systemd"];
const tmpMountLinks = ["/usr/lib/systemd/system", "/lib/systemd/system", "/etc/systemd/system"].map(
  (folder) => `${folder}/local-fs.target.wants/tmp.mount`,
);
const maskedTmpMount = "/etc/systemd/system/tmp.mount";

/**
 * Inspects an image. Its files are read from a container that is created but never started, so nothing of the image
 * runs. In the end the container and its anonymous volumes are always removed.
 */
export function lookIntoImage(docker: Docker, reference: string, cancel: AbortSignal): Promise<ImageLook> {
  return withFaults("look-into-image", cancel, async () => {
    // A dozen concurrent calls listen to this signal, which Node would report as a leak.
    const signal = AbortSignal.any([cancel]);
    setMaxListeners(0, signal);
    const path = `/images/${segment(reference)}/json`;
    const [{ Architecture: architecture = "", Config }, machine] = await Promise.all([
      request<Inspected>(docker, { method: "GET", path, signal }),
      request<{ Architecture?: string }>(docker, { method: "GET", path: "/info", signal }),
    ]);
    const entrypoint = Config?.Entrypoint ?? [];
    const command = Config?.Cmd ?? [];
    const files = await inContainer(docker, reference, signal, (id) =>
      readFiles(docker, id, [entrypoint, command].flat()[0], signal),
    );
    const image = {
      entrypoint,
      command,
      user: Config?.User || undefined,
      environment: Object.fromEntries((Config?.Env ?? []).map(variable)),
      volumes: Object.keys(Config?.Volumes ?? {}),
      stopSignal: Config?.StopSignal || undefined,
      exposed: Object.keys(Config?.ExposedPorts ?? {}),
      ...files,
    };
    const { Architecture: own = architecture } = machine;
    return { image, architecture, native: goName(own) === goName(architecture) };
  });
}

/** An image has the Go name of its architecture; Docker reports its host's as `uname -m` prints it. */
function goName(architecture: string): string {
  const names: Readonly<Record<string, string>> = { x86_64: "amd64", aarch64: "arm64", i686: "386" };
  return names[architecture] ?? architecture;
}

async function inContainer<T>(
  docker: Docker,
  reference: string,
  signal: AbortSignal,
  use: (id: string) => Promise<T>,
): Promise<T> {
  // If the image has no command, creating a container requires one. The call is not aborted, because the container
  // may already exist.
  const body = { Image: reference, Cmd: ["/sbin/init"], Labels: { [containerLabel]: "look" } };
  const create = { method: "POST", path: "/containers/create", body } as const;
  const { Id: id } = await request<{ Id: string }>(docker, create);
  try {
    signal.throwIfAborted();
    return await use(id);
  } finally {
    await removeContainer(docker, id);
  }
}

type Files = Pick<InspectedImage, "programs" | "systemd" | "distribution" | "tmpMount">;

async function readFiles(
  docker: Docker,
  id: string,
  program: string | undefined,
  signal: AbortSignal,
): Promise<Files> {
  const end = (path: string) => endOf(docker, id, path, signal);
  const paths = [...new Set([program?.startsWith("/") ? program : "/sbin/init", ...initPaths])];
  const ends = await Promise.all(paths.map(async (path) => [path, await end(path)] as const));
  const programs = Object.fromEntries(ends.flatMap(([path, to]) => (to === undefined ? [] : [[path, to]])));
  const systemd = Object.values(programs).find((to) => to.endsWith("/systemd/systemd"));
  const release = (await end("/etc/os-release")) ?? "/usr/lib/os-release";
  const [binary, osRelease, masked, ...links] = await Promise.all([
    systemd === undefined ? undefined : readArchived(docker, id, systemd, signal),
    readArchived(docker, id, release, signal),
    end(maskedTmpMount),
    ...tmpMountLinks.map(end),
  ]);
  return {
    programs,
    systemd: binary && systemdVersion(binary.toString("latin1")),
    distribution: distributionOf(osRelease?.toString("utf8") ?? ""),
    tmpMount:
      systemd === undefined ? undefined : masked !== "/dev/null" && links.some((link) => link !== undefined),
  };
}

/**
 * The version of a systemd binary, taken from the name of the systemd library that it is linked to (libsystemd-shared
 * since systemd 231, libsystemd-core since 250). Older binaries contain it as text.
 */
export function systemdVersion(binary: string): number | undefined {
  const found = /libsystemd-(?:shared|core)-(\d{3})/.exec(binary) ?? /\bsystemd (\d{3})\b/.exec(binary);
  return found ? Number(found[1]) : undefined;
}

/** `ID`, followed by the words of `ID_LIKE` (os-release(5)). */
export function distributionOf(osRelease: string): string[] {
  return ["ID", "ID_LIKE"].flatMap((name) => {
    const line = osRelease.split("\n").find((each) => each.startsWith(`${name}=`)) ?? "";
    return line
      .slice(name.length + 1)
      .split(/["'\s]+/)
      .filter((word) => word !== "");
  });
}

/** The path after following all symbolic links, or undefined if it does not exist. */
async function endOf(
  docker: Docker,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const answer = await request<IncomingMessage>(docker, {
      method: "HEAD",
      path: `/containers/${segment(id)}/archive`,
      query: { path },
      signal,
      as: "stream",
    });
    answer.resume();
    const stat = JSON.parse(
      Buffer.from(String(answer.headers["x-docker-container-path-stat"] ?? ""), "base64").toString("utf8"),
    ) as { linkTarget?: string };
    return stat.linkTarget || path;
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}

/** The content of a file, or undefined if it does not exist. */
async function readArchived(
  docker: Docker,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const call = {
    method: "GET",
    path: `/containers/${segment(id)}/archive`,
    query: { path },
    signal,
  } as const;
  let tar: Readable;
  try {
    tar = await request<Readable>(docker, { ...call, as: "stream" });
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
  for await (const entry of tar.pipe(extract())) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.type === "file") return Buffer.concat(chunks);
  }
  return undefined;
}
