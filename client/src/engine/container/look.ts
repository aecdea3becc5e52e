import { setMaxListeners } from "node:events";
import type Docker from "dockerode";
import {
  initPaths,
  isSystemdProgram,
  machineIdPath,
  osReleasePaths,
  passwdPath,
  policyPath,
  readSeenFiles,
  systemctlPaths,
  unitFolders,
} from "../../../../server/src/core/image/seen-files";
import type { SeenFiles } from "../../../../server/src/protocol";
import type { ImageLook } from "../../ports/launching";
import type { Connection } from "../connect/connect";
import { request, segment } from "../docker";
import { hasStatus, withFaults } from "../errors";
import { containerLabel } from "../labels";
import { variable } from "../variable";
import { type ContainerFiles, filesOf } from "./archive";
import { libpodCreatePath } from "./containers";
import { inTemporary } from "./temporary";

/** The parts of the response to `GET /images/{name}/json` that are needed. */
interface Inspected {
  readonly Id: string;
  readonly Os?: string;
  readonly Architecture?: string;
  readonly Variant?: string;
  readonly Config?: {
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly User?: string;
    readonly Env?: readonly string[] | null;
    readonly Volumes?: Readonly<Record<string, unknown>> | null;
    readonly StopSignal?: string;
    readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
    readonly Labels?: Readonly<Record<string, string>> | null;
  } | null;
}

/**
 * The maximum size in bytes of the files that are read: the program that contains the version of systemd, and others.
 */
const most = { program: 8_000_000, text: 512_000 };

/** How many words of ENTRYPOINT and CMD are checked. They are programs and the scripts passed to them. */
const mostWords = 8;

/**
 * Inspects an image. Its files are read from a container that is created but never started, so nothing in the image
 * runs. The container and its anonymous volumes are always removed afterwards.
 */
export function lookIntoImage(
  { docker, facts }: Connection,
  reference: string,
  cancel: AbortSignal,
): Promise<ImageLook> {
  return withFaults("look-into-image", cancel, async () => {
    // About a dozen concurrent calls listen to this signal, which Node would report as a leak.
    const signal = AbortSignal.any([cancel]);
    setMaxListeners(0, signal);
    const [image, machine] = await Promise.all([
      inspectImage(docker, reference, signal),
      request<{ Architecture?: string }>(docker, { method: "GET", path: "/info", signal }),
    ]);
    const config = configOf(image);
    const { entrypoint, command, environment, volumes } = config;
    const words = [entrypoint, command].flat().slice(0, mostWords);
    const looked = { id: config.id, volumes, words, labels: ownLabels(config.labels) };
    const create = facts.engine === "podman" ? podmanCreate(looked) : dockerCreate(looked);
    const files = await inTemporary(docker, create, signal, (id) =>
      readFiles(filesOf(docker, id, signal), words, environment.PATH),
    );
    const { Architecture: architecture = "" } = image;
    const { Architecture: own = architecture } = machine;
    return { image: { ...config, ...files }, architecture, native: goName(own) === goName(architecture) };
  });
}

/** The ID of the image that a name refers to; undefined if the engine has no such image. */
export function imageId(docker: Docker, reference: string, signal: AbortSignal): Promise<string | undefined> {
  return withFaults("look-into-image", signal, async () => {
    try {
      return idOf(await inspectImage(docker, reference, signal));
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  });
}

function inspectImage(docker: Docker, reference: string, signal: AbortSignal): Promise<Inspected> {
  return request(docker, { method: "GET", path: `/images/${segment(reference)}/json`, signal });
}

/** Podman before 4.0 returns the ID without this prefix. */
function idOf({ Id }: Pick<Inspected, "Id">): string {
  return Id.startsWith("sha256:") ? Id : `sha256:${Id}`;
}

function configOf({ Id, Os = "linux", Architecture = "", Variant, Config }: Inspected) {
  return {
    id: idOf({ Id }),
    platform: [Os, Architecture, Variant].filter((part) => part).join("/"),
    entrypoint: Config?.Entrypoint ?? [],
    command: Config?.Cmd ?? [],
    user: Config?.User || undefined,
    environment: Object.fromEntries((Config?.Env ?? []).map(variable)),
    volumes: Object.keys(Config?.Volumes ?? {}),
    stopSignal: Config?.StopSignal || undefined,
    exposed: Object.keys(Config?.ExposedPorts ?? {}),
    labels: Config?.Labels ?? {},
  };
}

/**
 * Images report their architecture by its Go name, but Docker reports its host's architecture as printed by `uname
 * -m`.
 */
function goName(architecture: string): string {
  const names: Readonly<Record<string, string>> = { x86_64: "amd64", aarch64: "arm64", i686: "386" };
  return names[architecture] ?? architecture;
}

/** The image to inspect: its ID, its volumes, the words of its ENTRYPOINT and CMD, and the container's labels. */
interface Looked {
  readonly labels: Readonly<Record<string, string>>;
  readonly id: string;
  readonly volumes: readonly string[];
  readonly words: readonly string[];
}

// A container needs a command, even a meaningless one, and the image might not have any.
const command = ["/sbin/init"];

/**
 * A container inherits its image's labels, which cannot be removed, so they are emptied. With the labels of an image that
 * Docker Compose built, the container would count as one of the project, and `docker compose up` would wait for it.
 */
function ownLabels(inherited: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const emptied = Object.fromEntries(Object.keys(inherited).map((name) => [name, ""]));
  return { ...emptied, [containerLabel]: "look" };
}

/**
 * When Docker creates a container, it copies the image's files at each volume's path into the volume, unless `NoCopy`
 * is set.
 */
function dockerCreate({ id, volumes, words, labels }: Looked) {
  const isBelow = (path: string, folder: string) =>
    `${path}/`.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
  const isRead = (volume: string) =>
    [...words, ...readPaths].some((path) => isBelow(path, volume) || isBelow(volume, path));
  const empty = volumes.filter((volume) => volume.startsWith("/") && !isRead(volume));
  const Mounts = empty.map((Target) => ({ Type: "volume", Target, VolumeOptions: { NoCopy: true } }));
  return {
    path: "/containers/create",
    body: { Image: id, Cmd: command, Labels: labels, HostConfig: { Mounts } },
  };
}

/** Podman copies only when a container starts, so until then a volume would hide the image's files there. */
function podmanCreate({ id, labels }: Looked) {
  return { path: libpodCreatePath, body: { image: id, command, labels, image_volume_mode: "ignore" } };
}

const shell = "/bin/sh";
const programPaths = [...initPaths, shell, ...systemctlPaths];
const textPaths = [...osReleasePaths, machineIdPath, passwdPath, policyPath];
const readPaths = [...programPaths, ...textPaths, ...unitFolders];

async function readFiles(files: ContainerFiles, words: readonly string[], path = ""): Promise<SeenFiles> {
  const [first = "", ...others] = words;
  const found = await inPath(files, first, path);
  const scripts = others.filter((word) => word.startsWith("/"));
  const names = [...new Set([...scripts, ...programPaths])];
  const ends = await Promise.all(names.map(async (name) => [name, await files.endOf(name)] as const));
  const named = [...(found === undefined ? [] : [[first, found] as const]), ...ends];
  const programs = Object.fromEntries(
    named.flatMap(([name, end]) => (end === undefined ? [] : [[name, end]])),
  );
  const systemd = Object.values(programs).find(isSystemdProgram);
  const systemctl = systemctlPaths.map((name) => programs[name]).find((end) => end !== undefined);
  const small = [first, ...scripts].flatMap((name) => programs[name] ?? []).concat(systemctl ?? []);
  const folders = await distinct(files);
  const archived = await Promise.all([
    ...(systemd === undefined ? [] : [files.read(systemd, most.program)]),
    ...[...new Set(small)].filter((end) => end !== systemd).map((end) => files.read(end, most.text)),
    ...textPaths.map((name) => readEnd(files, name)),
    ...folders.map((folder) => files.read(folder, 0)),
  ]);
  return readSeenFiles(archived.flat(), programs);
}

/** Reads the file that a path leads to, and returns it under the original path. */
async function readEnd(files: ContainerFiles, path: string) {
  const end = await files.endOf(path);
  const found = end === undefined ? [] : await files.read(end, most.text);
  return found.slice(0, 1).map((file) => ({ ...file, path }));
}

/** The unit directories, without those in /lib if /lib is a link to /usr/lib. */
async function distinct(files: ContainerFiles): Promise<readonly string[]> {
  const isMerged = (await files.endOf("/lib")) === "/usr/lib";
  return unitFolders.filter((folder) => !(isMerged && folder.startsWith("/lib/")));
}

/** Where a program is. If its name has no directory, the first directory in PATH that contains it is used. */
async function inPath(files: ContainerFiles, program: string, path: string): Promise<string | undefined> {
  if (program === "") return undefined;
  if (program.includes("/")) return files.endOf(program);
  const folders = (path || "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin").split(":");
  const ends = await Promise.all(folders.map((folder) => files.endOf(`${folder}/${program}`)));
  return ends.find((end) => end !== undefined);
}
