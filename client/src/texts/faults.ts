import type { Doing, Fault, FaultDetails, Instead } from "../ports/fault";
import { causeText, openSocket, placeLine, type Words } from "./places";

/** What is reported of a fault. */
export interface FaultWords extends Words {
  /** Where an engine was looked for, a line each. */
  readonly tried?: readonly string[];
}

/** The sentences about a fault. They can contain what an engine reported. */
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
    message: "No container engine found.",
    hint: "Start Docker or Podman, or set the engine's address in the settings.",
    tried: tried.map(placeLine),
  }),
  permission: ({ url, tried }) => ({
    message: url === undefined ? "Permission denied on the engine socket." : `Permission denied on ${url}.`,
    hint: openSocket,
    tried: tried?.map(placeLine),
  }),
  "not-running": () => ({
    message: "The container engine is not responding.",
    hint: "Start Docker or Podman and try again.",
  }),
  "engine-gone": ({ building }) =>
    building
      ? {
          message: "Lost connection to the container engine during the build.",
          hint: "Try again when the engine is running.",
        }
      : {
          message: "Lost connection to the container engine.",
          hint: "The engine was stopped or restarted. Try again when it is running.",
        },
  "disk-full": () => ({
    message: "The disk of the container engine is full.",
    hint: "Free some space, for example with `docker system prune` or `podman system prune`.",
  }),
  "too-old": () => ({
    message: "This engine does not support the option writable-cgroups, which requires Docker 28.",
    hint: "Update Docker, or recreate the plan for the connected engine.",
  }),
  "cgroups-refused": () => ({
    message: "Rootless engines and engines with userns-remap reject the option writable-cgroups.",
    hint: "Recreate the plan for the connected engine.",
  }),
  registry: ({ lacks, host }) => registries[lacks](host),
  "image-missing": ({ image }) => ({
    message: image === undefined ? "Image not found." : `Image not found: ${image}.`,
    hint: "Build it first, or check its name.",
  }),
  "name-taken": ({ taken, instead }) => ({
    message: `Container name ${taken} is already in use.`,
    hint: freeText(instead),
  }),
  "port-taken": ({ port, instead }) => ({
    message: `Port ${port} is already in use on the host.`,
    hint: freeText(instead),
  }),
  "container-gone": () => ({ message: "The container no longer exists. Another program removed it." }),
  "container-stopped": () => ({ message: "The container is not running." }),
  "no-console": () => ({
    message: "The container has no console because it was created without a terminal.",
    hint: "Boot it with a terminal (tty: true, -t), or open a shell instead.",
  }),
  refused: ({ said }) => ({ message: `The engine rejected the request: ${said}` }),
  "user-not-made": ({ user, exitCode, said }) => ({
    message: `Cannot create user ${user}: ${said || `exit code ${exitCode}`}`,
  }),
  "build-failed": ({ said, step, heredocs }) => ({
    message: step
      ? `${shortened(step.text, 100)} exited with code ${step.exitCode}.`
      : `The build failed: ${shortened(said, 300)}`,
    hint: heredocs
      ? "Docker before 23 supports heredocs only with `# syntax=docker/dockerfile:1` as the first line."
      : undefined,
  }),
  "file-missing": ({ path }) => ({ message: `File not found: ${path}.` }),
  "folder-missing": ({ path }) => ({ message: `Directory not found: ${path}.` }),
  "file-unreadable": ({ path, said }) => ({ message: `Cannot read ${path}: ${said}.` }),
  "ignore-pattern": ({ path, pattern }) => ({ message: `${path}: invalid pattern ${pattern}.` }),
  "not-packed": ({ said }) => ({ message: `Cannot create the build context archive: ${said}.` }),
  "engine-error": ({ doing, why }) => ({ message: `${doings[doing]} failed: ${causeText(why)}` }),
};

/** By what a registry lacks. */
const registries: Readonly<Record<"connection" | "tls" | "login", (host?: string) => Words>> = {
  connection: (host = "of the image") => ({
    message: `The engine cannot reach the registry ${host}.`,
    hint: "Check the network and the engine's proxy settings.",
  }),
  tls: (host = "of the image") => ({
    message: `The registry ${host} does not support TLS.`,
    hint: "Configure it as an insecure registry in the engine, or give it a certificate.",
  }),
  login: (host) => ({
    message: `The registry ${host ?? "of the image"} requires authentication.`,
    hint: `Log in with \`docker login${host ? ` ${host}` : ""}\` (or \`podman login\`) and try again.`,
  }),
};

function freeText(instead: Instead | undefined): string | undefined {
  if (!instead) return undefined;
  return "name" in instead
    ? `The name ${instead.name} is available.`
    : `Port ${instead.port.free} is available.`;
}

function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** What begins a sentence about a call that failed. */
const doings: Readonly<Record<Doing, string>> = {
  "ask-for-image": "Looking up an image",
  boot: "Boot",
  build: "Build",
  "follow-journal": "Following the journal",
  "list-containers": "Listing the containers",
  "list-images": "Listing the images",
  "list-units": "Listing the units",
  "list-users": "Listing the users",
  "look-into-image": "Inspecting the image",
  "make-user": "Creating the user",
  "open-console": "Opening the console",
  "open-shell": "Opening a shell",
  prove: "Verification",
  "read-ports": "Reading the ports",
  "remove-container": "Removing the container",
  report: "Reading the boot report",
  "run-command": "Running the command",
  "start-container": "Starting the container",
  "stop-container": "Stopping the container",
};
