import type { Cause, PlaceSource, SilentPlace, SilentReason } from "../ports/fault";

/** One or two sentences: what it is, and what can be done about it where there is something. */
export interface Words {
  readonly message: string;
  readonly hint?: string;
}

/** What a user can do without permission to open the socket of an engine. */
export const openSocket =
  "Add the user to the group that owns the socket (docker) and log in again, or use rootless Docker or Podman.";

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
      return `cannot run ssh: ${cause.said}`;
    case "ssh-ended":
      return `ssh exited with code ${cause.exitCode}: ${cause.said}`;
    case "no-answer":
      return `${cause.program} did not respond within ${cause.seconds} s`;
  }
}

/** Why no engine answers at a place; the message is the rest of a sentence, the hint a whole one. */
export function reasonWords(reason: SilentReason): Words {
  switch (reason.code) {
    case "late":
      return { message: `no response within ${reason.seconds.toFixed(1)} s` };
    case "tls":
      return {
        message: `TLS failed: ${reason.said}`,
        hint: "Check the certificates and DOCKER_TLS_VERIFY.",
      };
    case "http":
      return { message: `HTTP ${reason.status}: ${reason.said}` };
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
  "not-an-address": { message: "invalid address" },
  "unknown-scheme": { message: "the address must start with unix://, npipe://, tcp:// or ssh://" },
  password: { message: "passwords are not supported in addresses; use keys or certificates" },
  "no-context": { message: "no such Docker context" },
  "context-without-host": { message: "the Docker context has no host" },
  "no-socket": { message: "no such socket" },
  "nothing-listens": { message: "connection refused" },
  "unknown-host": { message: "unknown host" },
  permission: { message: "permission denied", hint: openSocket },
  windows: { message: "the engine runs Windows containers", hint: "Switch it to Linux containers." },
  "wants-tls": { message: "the engine requires TLS", hint: "Set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH." },
} as const satisfies Readonly<Record<string, Words>>;

/** Where an engine was looked for, and what came back, on one line. */
export function placeLine({ url, source, reason }: SilentPlace): string {
  const { message, hint } = reasonWords(reason);
  return `${url} (${sourceText(source)}): ${message}${hint ? `. ${hint}` : ""}`;
}
