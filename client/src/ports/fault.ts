// Errors of engines and of the connection to them, as codes with arguments. The sentences are in texts/.

/** The operation that failed. */
export type Doing =
  | "ask-for-image"
  | "boot"
  | "build"
  | "commit"
  | "control-unit"
  | "follow-containers"
  | "follow-journal"
  | "list-containers"
  | "list-images"
  | "list-units"
  | "read-timeline"
  | "list-users"
  | "look-into-image"
  | "make-user"
  | "open-console"
  | "open-shell"
  | "prove"
  | "push"
  | "read-ports"
  | "read-unit"
  | "remove-container"
  | "report"
  | "run-command"
  | "start-container"
  | "stop-container"
  | "tag"
  | "update-unit"
  | "verify-units";

/** Why a call failed, if nothing more specific is known. `said` is the message of Node, ssh or the engine. */
export type Cause =
  | { readonly code: "other"; readonly said: string }
  | { readonly code: "ssh-not-run"; readonly said: string }
  | { readonly code: "ssh-ended"; readonly exitCode: number; readonly said: string }
  /** A program in the container did not end in time. */
  | { readonly code: "no-answer"; readonly program: string; readonly seconds: number };

/** Where the address of a possible engine comes from. */
export type PlaceSource =
  | { readonly code: "setting" | "option" }
  | { readonly code: "variable"; readonly name: "DOCKER_HOST" | "CONTAINER_HOST" }
  | { readonly code: "context-variable"; readonly context: string }
  | { readonly code: "context"; readonly context: string }
  | { readonly code: "podman-connection"; readonly connection: string }
  /** The default Podman machine if no name is given. */
  | { readonly code: "podman-machine"; readonly machine?: string }
  | { readonly code: "docker" | "docker-desktop" | "docker-rootless" | "podman" | "podman-rootless" };

/** Why no engine responds at a place. */
export type SilentReason =
  | Cause
  | { readonly code: "not-an-address" | "unknown-scheme" | "password" }
  | { readonly code: "no-context" | "context-without-host" }
  | { readonly code: "no-socket" | "nothing-listens" | "unknown-host" | "permission" }
  | { readonly code: "windows" | "wants-tls" }
  | { readonly code: "tls"; readonly said: string }
  | { readonly code: "http"; readonly status: number; readonly said: string }
  | { readonly code: "late"; readonly seconds: number };

/** A place where no engine was found. */
export interface SilentPlace {
  readonly url: string;
  readonly source: PlaceSource;
  readonly reason: SilentReason;
}

/** A free name or port to use instead of the one that is taken. */
export type Instead =
  | { readonly name: string }
  | { readonly port: { readonly taken: number; readonly free: number } };

/** The error of an engine call. Each code needs a different solution. */
export type FaultDetails =
  | { readonly code: "no-engine"; readonly tried: readonly SilentPlace[] }
  /** `url` is set if the error occurred while looking for an engine. */
  | { readonly code: "permission"; readonly url?: string; readonly tried?: readonly SilentPlace[] }
  | { readonly code: "not-running" | "disk-full" | "too-old" | "cgroups-refused" }
  | { readonly code: "engine-gone"; readonly building?: boolean }
  | {
      readonly code: "registry";
      readonly lacks: "connection" | "tls" | "login" | "permission";
      readonly host?: string;
    }
  | { readonly code: "image-missing"; readonly image?: string }
  | { readonly code: "name-taken"; readonly taken: string; readonly instead?: Instead }
  | { readonly code: "port-taken"; readonly port: number; readonly instead?: Instead }
  | { readonly code: "container-gone" | "container-stopped" | "no-console" }
  /** `said` is the engine's message. */
  | { readonly code: "refused"; readonly said: string }
  | {
      readonly code: "user-not-made";
      readonly user: string;
      readonly exitCode: number;
      readonly said: string;
    }
  | { readonly code: "unit-file-missing"; readonly unit: string }
  | { readonly code: "unit-not-written"; readonly path: string; readonly said: string }
  | BuildFailure
  | { readonly code: "file-missing" | "folder-missing"; readonly path: string }
  | { readonly code: "file-unreadable"; readonly path: string; readonly said: string }
  | { readonly code: "ignore-pattern"; readonly path: string; readonly pattern: string }
  | { readonly code: "not-packed"; readonly said: string }
  | { readonly code: "engine-error"; readonly doing: Doing; readonly why: Cause };

interface BuildFailure {
  readonly code: "build-failed";
  /** The builder's message. */
  readonly said: string;
  /** The step whose program failed. */
  readonly step?: { readonly text: string; readonly exitCode: string };
  /** The file that COPY or ADD refers to but that the build context lacks. */
  readonly missing?: string;
  /** Whether the Dockerfile has heredocs, which the builder does not support. */
  readonly heredocs?: boolean;
}

/** The error with which an engine call rejects. It has no text; texts/faults.ts contains the sentences. */
export type Fault = Error &
  FaultDetails & {
    /** The 0-based line of the Dockerfile at which a build failed. */
    readonly line?: number;
  };
