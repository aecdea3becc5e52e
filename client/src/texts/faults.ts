import type { Doing, Fault, FaultDetails, Instead, SilentPlace } from "../ports/fault";
import type { Text, Translate } from "../text";
import { causeText, isNamed, openSocket, placeLine, reasonWords, sourceText, type Words } from "./places";

/** The text for a fault. */
export interface FaultWords extends Words {
  /** The places where an engine was looked for, one per line. */
  readonly tried?: readonly string[];
}

/** The sentences about a fault. They may contain messages from the engine. */
export function faultWords(t: Translate, fault: FaultDetails): FaultWords {
  const words: (t: Translate, fault: never) => FaultWords = table[fault.code];
  return words(t, fault as never);
}

/** Whether an error is a fault of an engine call. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Error && "code" in error && Object.hasOwn(table, error.code as string);
}

type Table = {
  readonly [Code in FaultDetails["code"]]: (
    t: Translate,
    fault: Extract<FaultDetails, { code: Code }>,
  ) => FaultWords;
};

const table: Table = {
  "no-engine": (t, { tried }) => ({
    ...noEngine(t, tried),
    tried: tried.map((place) => placeLine(t, place)),
  }),
  permission: (t, { url, tried }) => ({
    message:
      url === undefined ? t("Permission denied on the engine socket.") : t("Permission denied on {0}.", url),
    hint: openSocket(t),
    tried: tried?.map((place) => placeLine(t, place)),
  }),
  "not-running": (t) => ({
    message: t("The container engine is not responding."),
    hint: t("Start Docker or Podman and try again."),
  }),
  "engine-gone": (t, { building }) =>
    building
      ? {
          message: t("Lost connection to the container engine during the build."),
          hint: t("Try again when the engine is running."),
        }
      : {
          message: t("Lost connection to the container engine."),
          hint: t("The engine was stopped or restarted. Try again when it is running."),
        },
  "disk-full": (t) => ({
    message: t("The container engine's disk is full."),
    hint: t("Free some space, for example with `docker system prune` or `podman system prune`."),
  }),
  "too-old": (t) => ({
    message: t("This engine does not support the writable-cgroups option, which requires Docker 28."),
    hint: t("Update Docker, or recreate the plan for the connected engine."),
  }),
  "cgroups-refused": (t) => ({
    message: t("Rootless engines and engines with userns-remap reject the writable-cgroups option."),
    hint: t("Recreate the plan for the connected engine."),
  }),
  registry: (t, { lacks, host }) => registries[lacks](t, host),
  "image-missing": (t, { image }) => ({
    message: image === undefined ? t("Image not found.") : t("Image not found: {0}.", image),
    hint: t("Build it first, or check its name."),
  }),
  "name-taken": (t, { taken, instead }) => ({
    message: t("Container name {0} is already in use.", taken),
    hint: freeText(t, instead),
  }),
  "port-taken": (t, { port, instead }) => ({
    message: t("Port {0} is already in use on the host.", port),
    hint: freeText(t, instead),
  }),
  "container-gone": (t) => ({
    message: t("The container no longer exists. Another program removed it."),
  }),
  "container-stopped": (t) => ({ message: t("The container is not running.") }),
  "no-console": (t) => ({
    message: t("The container has no console because it was created without a terminal."),
    hint: t("Boot the container with a terminal (tty: true, -t), or open a shell instead."),
  }),
  refused: (t, { said }) => ({ message: t("The engine rejected the request: {0}", said) }),
  "user-not-made": (t, { user, exitCode, said }) => ({
    message: t("Cannot create user {0}: {1}", user, said || t("exit code {0}", exitCode ?? "?")),
  }),
  "unit-file-missing": (t, { unit }) => ({ message: t("{0} has no unit file in the container.", unit) }),
  "unit-not-written": (t, { path, said }) => ({
    message: t("Cannot write {0} in the container: {1}", path, said),
  }),
  "build-failed": (t, { said, step, missing, heredocs }) => ({
    message: missing
      ? t("{0} is not in the build context, or .dockerignore excludes it.", missing)
      : step
        ? t("{0} exited with code {1}.", shortened(step.text, 100), step.exitCode)
        : t("The build failed: {0}", shortened(said, 300)),
    hint: heredocs
      ? t("Docker before 23 supports heredocs only with `# syntax=docker/dockerfile:1` as the first line.")
      : undefined,
  }),
  "file-missing": (t, { path }) => ({ message: t("File not found: {0}.", path) }),
  "folder-missing": (t, { path }) => ({ message: t("Directory not found: {0}.", path) }),
  "file-unreadable": (t, { path, said }) => ({ message: t("Cannot read {0}: {1}.", path, said) }),
  "ignore-pattern": (t, { path, pattern }) => ({ message: t("{0}: invalid pattern {1}.", path, pattern) }),
  "not-packed": (t, { said }) => ({ message: t("Cannot create the build context archive: {0}.", said) }),
  "engine-error": (t, { doing, why }) => ({
    message: t("{0} failed: {1}", doings[doing](t), causeText(t, why)),
  }),
};

/**
 * If the settings or the environment name an engine, it is looked for only there, so the message mentions that place.
 */
function noEngine(t: Translate, tried: readonly SilentPlace[]): Words {
  const [only] = tried;
  if (tried.length !== 1 || only === undefined || !isNamed(only.source))
    return {
      message: t("No container engine found."),
      hint: t("Start Docker or Podman, or set the engine's address in the settings."),
    };
  const { message, hint } = reasonWords(t, only.reason);
  return {
    message: t(
      "No container engine responds at {0}, which is specified by {1}: {2}.",
      only.url,
      sourceText(t, only.source),
      message,
    ),
    hint: hint ?? t("Start that engine, or change the address."),
  };
}

/** The messages for registry faults, by what is missing. */
const registries: Readonly<
  Record<"connection" | "tls" | "login" | "permission", (t: Translate, host: string | undefined) => Words>
> = {
  connection: (t, host) => ({
    message: host
      ? t("The engine cannot reach the registry {0}.", host)
      : t("The engine cannot reach the image's registry."),
    hint: t("Check the network and the engine's proxy settings."),
  }),
  tls: (t, host) => ({
    message: host
      ? t("The registry {0} does not support TLS.", host)
      : t("The image's registry does not support TLS."),
    hint: t("Add the registry to the engine's list of insecure registries, or set up TLS on the registry."),
  }),
  login: (t, host) => ({
    message: host
      ? t("The registry {0} requires authentication.", host)
      : t("The image's registry requires authentication."),
    hint: host
      ? t("Log in with `docker login {0}` (or `podman login`) and try again.", host)
      : t("Log in with `docker login` (or `podman login`) and try again."),
  }),
  permission: (t, host) => ({
    message: host ? t("The registry {0} denied access.", host) : t("The registry denied access."),
    hint: t("Check the image's name, and whether your account can push to the registry."),
  }),
};

function freeText(t: Translate, instead: Instead | undefined): Text | undefined {
  if (!instead) return undefined;
  return "name" in instead
    ? t("The name {0} is available.", instead.name)
    : t("Port {0} is available.", instead.port.free);
}

function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** The start of a sentence about a failed call. */
export const doings: Readonly<Record<Doing, (t: Translate) => Text>> = {
  "ask-for-image": (t) => t("Looking up an image"),
  boot: (t) => t("Boot"),
  build: (t) => t("Build"),
  commit: (t) => t("Creating the image"),
  "control-unit": (t) => t("Controlling the unit"),
  "follow-containers": (t) => t("Watching the containers"),
  "follow-journal": (t) => t("Following the journal"),
  "list-containers": (t) => t("Listing the containers"),
  "list-images": (t) => t("Listing the images"),
  "list-units": (t) => t("Listing the units"),
  "read-timeline": (t) => t("Reading the start times of the units"),
  "list-users": (t) => t("Listing the users"),
  "look-into-image": (t) => t("Inspecting the image"),
  "make-user": (t) => t("Creating the user"),
  "open-console": (t) => t("Opening the console"),
  "open-shell": (t) => t("Opening a shell"),
  prove: (t) => t("Verification"),
  push: (t) => t("Pushing the image"),
  "read-ports": (t) => t("Reading the ports"),
  "read-unit": (t) => t("Reading the unit file"),
  "remove-container": (t) => t("Removing the container"),
  report: (t) => t("Reading the boot report"),
  "run-command": (t) => t("Running the command"),
  "start-container": (t) => t("Starting the container"),
  "stop-container": (t) => t("Stopping the container"),
  tag: (t) => t("Tagging the image"),
  "update-unit": (t) => t("Updating the unit"),
  "verify-units": (t) => t("Verifying the units"),
};
