import type { Cause, PlaceSource, SilentPlace, SilentReason } from "../ports/fault";
import { plain, type Text, type Translate, text } from "../text";

/** One or two sentences: what happened and, if possible, what to do about it. */
export interface Words {
  readonly message: string;
  readonly hint?: string;
}

/** What users can do if they have no permission to open an engine's socket. */
export function openSocket(t: Translate): Text {
  return t(
    "Add your user to the group that owns the socket (usually docker) and log in again, or use rootless Docker or Podman.",
  );
}

/** Whether the user named the place, in which case no other place is tried. */
export function isNamed({ code }: PlaceSource): boolean {
  return code === "setting" || code === "option" || code === "variable" || code === "context-variable";
}

/** Where an engine's address comes from: `Docker context work`, `rootless Podman`. */
export function sourceText(t: Translate, source: PlaceSource): Text {
  switch (source.code) {
    case "setting":
      return t("the setting systemdContainers.engine.host");
    case "option":
      return text`--engine`;
    case "variable":
      return plain(source.name);
    case "context-variable":
      return text`DOCKER_CONTEXT ${plain(source.context)}`;
    case "context":
      return t("Docker context {0}", source.context);
    case "podman-connection":
      return t("Podman connection {0}", source.connection);
    case "podman-machine":
      return source.machine === undefined ? t("Podman machine") : t("Podman machine {0}", source.machine);
    default:
      return sockets[source.code](t);
  }
}

const sockets = {
  docker: () => text`Docker`,
  "docker-desktop": () => text`Docker Desktop`,
  "docker-rootless": (t: Translate) => t("rootless Docker"),
  podman: () => text`Podman`,
  "podman-rootless": (t: Translate) => t("rootless Podman"),
} as const;

/** Why a call failed, as the second part of a sentence. */
export function causeText(t: Translate, cause: Cause): string {
  switch (cause.code) {
    case "other":
      return cause.said;
    case "ssh-not-run":
      return t("cannot run ssh: {0}", cause.said);
    case "ssh-ended":
      return t("ssh exited with code {0}: {1}", cause.exitCode ?? "?", cause.said);
    case "no-answer":
      return t("{0} did not respond within {1} s", cause.program, cause.seconds);
  }
}

/** Why no engine responds at an address. The message completes a sentence; the hint is a complete sentence. */
export function reasonWords(t: Translate, reason: SilentReason): Words {
  switch (reason.code) {
    case "late":
      return { message: t("no response within {0} s", reason.seconds.toFixed(1)) };
    case "tls":
      return {
        message: t("TLS failed: {0}", reason.said),
        hint: t("Check the certificates and DOCKER_TLS_VERIFY."),
      };
    case "http":
      return { message: `HTTP ${reason.status}: ${reason.said}` };
    case "other":
    case "ssh-not-run":
    case "ssh-ended":
    case "no-answer":
      return { message: causeText(t, reason) };
    default:
      return reasons[reason.code](t);
  }
}

const reasons = {
  "not-an-address": (t) => ({ message: t("invalid address") }),
  "unknown-scheme": (t) => ({
    message: t("the address must start with unix://, npipe://, tcp:// or ssh://"),
  }),
  password: (t) => ({
    message: t("passwords are not supported in addresses; use keys or certificates"),
  }),
  "no-context": (t) => ({ message: t("no such Docker context") }),
  "context-without-host": (t) => ({ message: t("the Docker context has no host") }),
  "no-socket": (t) => ({ message: t("no such socket") }),
  "nothing-listens": (t) => ({ message: t("connection refused") }),
  "unknown-host": (t) => ({ message: t("unknown host") }),
  permission: (t) => ({ message: t("permission denied"), hint: openSocket(t) }),
  windows: (t) => ({
    message: t("the engine runs Windows containers"),
    hint: t("Switch it to Linux containers."),
  }),
  "wants-tls": (t) => ({
    message: t("the engine requires TLS"),
    hint: t("Set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH."),
  }),
} as const satisfies Readonly<Record<string, (t: Translate) => Words>>;

/** One line with the place where an engine was looked for and the result. */
export function placeLine(t: Translate, { url, source, reason }: SilentPlace): string {
  const { message, hint } = reasonWords(t, reason);
  return `${url} (${sourceText(t, source)}): ${hint ? t("{0}. {1}", message, hint) : message}`;
}
