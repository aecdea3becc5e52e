import type { Doing, Fault, FaultDetails, Instead } from "../ports/fault";
import { causeText, openSocket, placeLine, type Words } from "./places";

/** What is told of a fault. */
export interface FaultWords extends Words {
  /** Where an engine was looked for, a line each. */
  readonly tried?: readonly string[];
}

/** The sentences about a fault. They may hold what an engine said. */
export function faultWords(fault: FaultDetails): FaultWords {
  const words: (fault: never) => FaultWords = table[fault.code];
  return words(fault as never);
}

/** Whether an error is one that an engine call rejects with. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Error && "code" in error && Object.hasOwn(table, error.code as string);
}

type Table = {
  readonly [Code in FaultDetails["code"]]: (fault: Extract<FaultDetails, { code: Code }>) => FaultWords;
};

const table: Table = {
  "no-engine": ({ tried }) => ({
    message: "No container engine answers.",
    hint: "Start Docker or Podman, or name the engine's address in the settings.",
    tried: tried.map(placeLine),
  }),
  permission: ({ url, tried }) => ({
    message:
      url === undefined
        ? "The engine's socket may not be opened by this user."
        : `This user may not open ${url}.`,
    hint: openSocket,
    tried: tried?.map(placeLine),
  }),
  "not-running": () => ({
    message: "The container engine does not answer.",
    hint: "Start Docker or Podman and try again.",
  }),
  "engine-gone": ({ building }) =>
    building
      ? {
          message: "The connection to the container engine broke in the middle of the build.",
          hint: "Try again when the engine runs.",
        }
      : {
          message: "The connection to the container engine broke.",
          hint: "The engine was stopped or restarted in the middle. Try again when it runs.",
        },
  "disk-full": () => ({
    message: "The disk of the container engine is full.",
    hint: "Free space there, for instance with `docker system prune` or `podman system prune`.",
  }),
  "too-old": () => ({
    message: "This engine does not know the option writable-cgroups: Docker has it since version 28.",
    hint: "Update Docker, or let the plan be made for the engine that is connected.",
  }),
  "cgroups-refused": () => ({
    message: "Rootless engines and engines with userns-remap refuse the option writable-cgroups.",
    hint: "Let the plan be made for the engine that is connected.",
  }),
  registry: ({ lacks, host }) => registries[lacks](host),
  "image-missing": ({ image }) => ({
    message: `There is no image ${image ?? "of that name"}.`,
    hint: "Build it first, or check its name.",
  }),
  "name-taken": ({ taken, instead }) => ({
    message: `The name ${taken} belongs to another container.`,
    hint: freeText(instead),
  }),
  "port-taken": ({ port, instead }) => ({
    message: `Port ${port} is taken on the engine's machine.`,
    hint: freeText(instead),
  }),
  "container-gone": () => ({ message: "The container is gone. Something else removed it." }),
  "container-stopped": () => ({ message: "The container is not running." }),
  "no-console": () => ({
    message: "The container was created without a terminal, so it has no console.",
    hint: "Boot it with a terminal (tty: true, -t), or open a shell instead.",
  }),
  refused: ({ said }) => ({ message: `The engine refused the request: ${said}` }),
  "user-not-made": ({ user, exitCode, said }) => ({
    message: `The user ${user} could not be made: ${said || `exit code ${exitCode}`}`,
  }),
  "build-failed": ({ said, step, heredocs }) => ({
    message: step
      ? `${shortened(step.text, 100)} ended with exit code ${step.exitCode}.`
      : `The build failed: ${shortened(said, 300)}`,
    hint: heredocs
      ? "Docker before 23 knows heredocs only with `# syntax=docker/dockerfile:1` as the first line."
      : undefined,
  }),
  "file-missing": ({ path }) => ({ message: `There is no file ${path}.` }),
  "folder-missing": ({ path }) => ({ message: `There is no folder ${path}.` }),
  "file-unreadable": ({ path, said }) => ({ message: `${path} cannot be read: ${said}.` }),
  "ignore-pattern": ({ path, pattern }) => ({ message: `${path}: the pattern ${pattern} is not valid.` }),
  "not-packed": ({ said }) => ({ message: `The build context cannot be packed: ${said}.` }),
  "engine-error": ({ doing, why }) => ({ message: `${doings[doing]} failed: ${causeText(why)}` }),
};

/** By what a registry lacks. */
const registries: Readonly<Record<"connection" | "tls" | "login", (host?: string) => Words>> = {
  connection: (host = "of the image") => ({
    message: `The registry ${host} cannot be reached from the engine.`,
    hint: "Check the network and the engine's proxy settings.",
  }),
  tls: (host = "of the image") => ({
    message: `The registry ${host} does not speak TLS.`,
    hint: "Let the engine take it as an insecure registry, or give it a certificate.",
  }),
  login: (host) => ({
    message: `The registry ${host ?? "of the image"} wants a login.`,
    hint: `Log in by \`docker login${host ? ` ${host}` : ""}\` (or \`podman login\`) and try again.`,
  }),
};

function freeText(instead: Instead | undefined): string | undefined {
  if (!instead) return undefined;
  return "name" in instead ? `The name ${instead.name} is free.` : `Port ${instead.port.free} is free.`;
}

function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** What begins a sentence about a call that failed. */
const doings: Readonly<Record<Doing, string>> = {
  "ask-for-image": "Asking for an image",
  boot: "The boot",
  build: "The build",
  "follow-journal": "Following the journal",
  "list-containers": "Listing the containers",
  "list-images": "Listing the images",
  "list-units": "Listing the units",
  "list-users": "Listing the users",
  "look-into-image": "Looking into the image",
  "make-user": "Making the user",
  "open-console": "Opening the console",
  "open-shell": "Opening a shell",
  prove: "The proof",
  "read-ports": "Reading the ports",
  "remove-container": "Removing the container",
  report: "The report",
  "run-command": "The command",
  "start-container": "Starting the container",
  "stop-container": "Stopping the container",
};
