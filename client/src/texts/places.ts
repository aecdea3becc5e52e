import type { Cause, PlaceSource, SilentPlace, SilentReason } from "../ports/fault";

/** One or two sentences: what it is, and what can be done about it where there is something. */
export interface Words {
  readonly message: string;
  readonly hint?: string;
}

/** What a user does who may not open the socket of an engine. */
export const openSocket =
  "Add the user to the group of the socket (docker) and log in again, or use rootless Docker or Podman.";

/** Who names a place: `docker context work`, `rootless Podman`. */
export function sourceText(source: PlaceSource): string {
  switch (source.code) {
    case "setting":
      return "the setting systemdContainers.engine.host";
    case "variable":
      return source.name;
    case "context-variable":
      return `DOCKER_CONTEXT ${source.context}`;
    case "context":
      return `docker context ${source.context}`;
    case "podman-connection":
      return `Podman connection ${source.connection}`;
    case "podman-machine":
      return source.machine === undefined ? "Podman machine" : `Podman machine ${source.machine}`;
    default:
      return sockets[source.code];
  }
}

const sockets = {
  docker: "Docker",
  "docker-desktop": "Docker Desktop",
  "docker-rootless": "rootless Docker",
  podman: "Podman",
  "podman-rootless": "rootless Podman",
} as const;

/** Why a call failed, as the rest of a sentence. */
export function causeText(cause: Cause): string {
  switch (cause.code) {
    case "other":
      return cause.said;
    case "ssh-not-run":
      return `ssh cannot be run: ${cause.said}`;
    case "ssh-ended":
      return `ssh ended with ${cause.exitCode}: ${cause.said}`;
    case "no-answer":
      return `${cause.program} gave no answer within ${cause.seconds} s`;
  }
}

/** Why no engine answers at a place; the message is the rest of a sentence, the hint a whole one. */
export function reasonWords(reason: SilentReason): Words {
  switch (reason.code) {
    case "late":
      return { message: `no answer within ${reason.seconds.toFixed(1)} s` };
    case "tls":
      return {
        message: `TLS failed: ${reason.said}`,
        hint: "Check the certificates and DOCKER_TLS_VERIFY.",
      };
    case "http":
      return { message: `it answered with HTTP ${reason.status}: ${reason.said}` };
    case "other":
    case "ssh-not-run":
    case "ssh-ended":
    case "no-answer":
      return { message: causeText(reason) };
    default:
      return reasons[reason.code];
  }
}

const reasons = {
  "not-an-address": { message: "this is not an address" },
  "unknown-scheme": { message: "an address starts with unix://, npipe://, tcp:// or ssh://" },
  password: { message: "an address takes no password: use keys or certificates" },
  "no-context": { message: "there is no docker context of this name" },
  "context-without-host": { message: "the docker context names no host" },
  "no-socket": { message: "there is no such socket" },
  "nothing-listens": { message: "nothing listens there" },
  "unknown-host": { message: "there is no host of this name" },
  permission: { message: "permission denied", hint: openSocket },
  windows: { message: "it runs Windows containers", hint: "Switch it to Linux containers." },
  "wants-tls": { message: "it wants TLS", hint: "Set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH." },
} as const satisfies Readonly<Record<string, Words>>;

/** Where an engine was looked for, and what came back, on one line. */
export function placeLine({ url, source, reason }: SilentPlace): string {
  const { message, hint } = reasonWords(reason);
  return `${url} (${sourceText(source)}): ${message}${hint ? `. ${hint}` : ""}`;
}
