import { setMaxListeners } from "node:events";
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
import { statIn } from "./stat";

/** The images that the engine has, each name once, the newest first. */
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

/** What `GET /images/{name}/json` reports, where it is needed. */
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

/** Where systemd and other inits are, in whatever distribution. */
const initPaths = ["/sbin/init", "/usr/sbin/init", "/lib/systemd/systemd", "/usr/lib/systemd/systemd"];
const tmpMountLinks = ["/usr/lib/systemd/system", "/lib/systemd/system", "/etc/systemd/system"].map(
  (folder) => `${folder}/local-fs.target.wants/tmp.mount`,
);
const maskedTmpMount = "/etc/systemd/system/tmp.mount";

/** Where units are that no package installs. */
const ownUnitFolders = ["/etc/systemd/system", "/usr/local/lib/systemd/system"];

/** Units of one directory that are listed. */
const mostUnits = 500;

/**
 * Looks into an image. Its files are read from a container that is created and never started, so nothing of
 * the image runs; the container is gone afterwards, with its anonymous volumes, whatever happens.
 */
export function lookIntoImage(docker: Docker, reference: string, cancel: AbortSignal): Promise<ImageLook> {
  return withFaults("look-into-image", cancel, async () => {
    // A dozen calls at once listen to it, which Node takes for a leak.
    const signal = AbortSignal.any([cancel]);
    setMaxListeners(0, signal);
    const path = `/images/${segment(reference)}/json`;
    const [{ Architecture: architecture = "", Config }, machine] = await Promise.all([
      request<Inspected>(docker, { method: "GET", path, signal }),
      request<{ Architecture?: string }>(docker, { method: "GET", path: "/info", signal }),
    ]);
    const entrypoint = Config?.Entrypoint ?? [];
    const command = Config?.Cmd ?? [];
    const [files, ...units] = await inContainer(docker, reference, signal, (id) =>
      Promise.all([
        readFiles(docker, id, [entrypoint, command].flat()[0], signal),
        ...ownUnitFolders.map((folder) => listUnits(docker, id, folder, signal)),
      ]),
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
    return { image, architecture, native: goName(own) === goName(architecture), units: units.flat() };
  });
}

/** An image reports its architecture as Go does, Docker that of its host as `uname -m`. */
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
  // An image without a command cannot be created without one. It is not aborted: it may be there by then.
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
  const end = async (path: string) => {
    const stat = await statIn(docker, id, path, signal);
    return stat && (stat.linkTarget ?? path);
  };
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
 * The version that the program reports: it is linked to a library of the same version (libsystemd-shared since
 * systemd 231, libsystemd-core since 250); an older one has it in its own text.
 */
export function systemdVersion(binary: string): number | undefined {
  const found = /libsystemd-(?:shared|core)-(\d{3})/.exec(binary) ?? /\bsystemd (\d{3})\b/.exec(binary);
  return found ? Number(found[1]) : undefined;
}

/** `ID`, then the words of `ID_LIKE` (os-release(5)). */
export function distributionOf(osRelease: string): string[] {
  return ["ID", "ID_LIKE"].flatMap((name) => {
    const line = osRelease.split("\n").find((each) => each.startsWith(`${name}=`)) ?? "";
    return line
      .slice(name.length + 1)
      .split(/["'\s]+/)
      .filter((word) => word !== "");
  });
}

/** The paths of the regular files below a directory: units, and drop-ins of units. */
async function listUnits(
  docker: Docker,
  id: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const tar = await archiveOf(docker, id, folder, signal);
  const units: string[] = [];
  if (!tar) return units;
  for await (const entry of tar.pipe(extract())) {
    const { type, name } = entry.header;
    entry.resume();
    if (type === "file") units.push(folder + name.slice(name.indexOf("/")));
    if (units.length === mostUnits) break;
  }
  tar.destroy();
  return units;
}

/** The tar of a file or a directory; undefined where there is not one. */
async function archiveOf(
  docker: Docker,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<Readable | undefined> {
  const call = { method: "GET", path: `/containers/${segment(id)}/archive`, query: { path } } as const;
  try {
    return await request<Readable>(docker, { ...call, signal, as: "stream" });
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}

/** The content of one file; undefined where there is not one. */
async function readArchived(
  docker: Docker,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const tar = await archiveOf(docker, id, path, signal);
  if (!tar) return undefined;
  for await (const entry of tar.pipe(extract())) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.type === "file") return Buffer.concat(chunks);
  }
  return undefined;
}
