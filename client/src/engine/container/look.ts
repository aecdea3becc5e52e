import { setMaxListeners } from "node:events";
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
import { withFaults } from "../errors";
import { containerLabel } from "../labels";
import { variable } from "../variable";
import { type ContainerFiles, filesOf } from "./archive";
import { libpodCreatePath, removeContainer } from "./containers";

/** What `GET /images/{name}/json` reports, where it is needed. */
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

/** Bytes of a program that is read for the version of systemd in it, and of other files. */
const most = { program: 8_000_000, text: 512_000 };

/** So many words of ENTRYPOINT and CMD are looked at: programs, and scripts that they are given. */
const mostWords = 8;

/**
 * Looks into an image. Its files are read from a container that is created and never started, so nothing of
 * the image runs; the container is gone afterwards, with its anonymous volumes, whatever happens.
 */
export function lookIntoImage(
  connection: Connection,
  reference: string,
  cancel: AbortSignal,
): Promise<ImageLook> {
  const { docker } = connection;
  return withFaults("look-into-image", cancel, async () => {
    // A dozen calls at once listen to it, which Node takes for a leak.
    const signal = AbortSignal.any([cancel]);
    setMaxListeners(0, signal);
    const path = `/images/${segment(reference)}/json`;
    const [image, machine] = await Promise.all([
      request<Inspected>(docker, { method: "GET", path, signal }),
      request<{ Architecture?: string }>(docker, { method: "GET", path: "/info", signal }),
    ]);
    const config = configOf(image);
    const { entrypoint, command, environment, volumes } = config;
    const words = [entrypoint, command].flat().slice(0, mostWords);
    const files = await inContainer(connection, { id: config.id, volumes, words }, signal, (id) =>
      readFiles(filesOf(docker, id, signal), words, environment.PATH),
    );
    const { Architecture: architecture = "" } = image;
    const { Architecture: own = architecture } = machine;
    return { image: { ...config, ...files }, architecture, native: goName(own) === goName(architecture) };
  });
}

function configOf({ Id, Os = "linux", Architecture = "", Variant, Config }: Inspected) {
  return {
    // Podman answered without it until 4.0.
    id: Id.startsWith("sha256:") ? Id : `sha256:${Id}`,
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

/** An image reports its architecture as Go does, Docker that of its host as `uname -m`. */
function goName(architecture: string): string {
  const names: Readonly<Record<string, string>> = { x86_64: "amd64", aarch64: "arm64", i686: "386" };
  return names[architecture] ?? architecture;
}

/** What is looked into: an image by its id, its volumes, and the words of its program. */
interface Looked {
  readonly id: string;
  readonly volumes: readonly string[];
  readonly words: readonly string[];
}

async function inContainer<T>(
  { docker, facts }: Connection,
  looked: Looked,
  signal: AbortSignal,
  use: (id: string) => Promise<T>,
): Promise<T> {
  const create = facts.engine === "podman" ? podmanCreate(looked) : dockerCreate(looked);
  // It is not aborted: the container may be there by then.
  const { Id: id } = await request<{ Id: string }>(docker, { method: "POST", ...create });
  try {
    signal.throwIfAborted();
    return await use(id);
  } finally {
    await removeContainer(docker, id);
  }
}

// An image without a command cannot be created without one.
const command = ["/sbin/init"];
const labels = { [containerLabel]: "look" };

/** Docker copies what the image has at a volume when the container is created, however much that is, unless told not to. */
function dockerCreate({ id, volumes, words }: Looked) {
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

/** Podman copies when a container starts, so that a volume would hide what the image has there. */
function podmanCreate({ id }: Looked) {
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

/** A file under the name by which it was looked for, wherever links lead. */
async function readEnd(files: ContainerFiles, path: string) {
  const end = await files.endOf(path);
  const found = end === undefined ? [] : await files.read(end, most.text);
  return found.slice(0, 1).map((file) => ({ ...file, path }));
}

/** The directories of units, without /lib where that is /usr/lib. */
async function distinct(files: ContainerFiles): Promise<readonly string[]> {
  const isMerged = (await files.endOf("/lib")) === "/usr/lib";
  return unitFolders.filter((folder) => !(isMerged && folder.startsWith("/lib/")));
}

/** Where a program is, if it is named without a directory: in the first directory of PATH that has it. */
async function inPath(files: ContainerFiles, program: string, path: string): Promise<string | undefined> {
  if (program === "") return undefined;
  if (program.includes("/")) return files.endOf(program);
  const folders = (path || "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin").split(":");
  const ends = await Promise.all(folders.map((folder) => files.endOf(`${folder}/${program}`)));
  return ends.find((end) => end !== undefined);
}
