import type { EngineFacts } from "../engine";

/** What an engine reports beyond what plans depend on. An absent property was not reported. */
export interface EngineDetails extends EngineFacts {
  readonly apiVersion?: string;
  /** `systemd`, `cgroupfs` or `none`. */
  readonly cgroupDriver?: string;
  /** Containers get a private cgroup namespace by default. */
  readonly privateCgroups?: boolean;
  /** `builtin`, `unconfined` or a path; absent if seccomp is off. */
  readonly seccomp?: string;
  /** The daemon sets no-new-privileges for every container. */
  readonly noNewPrivileges?: boolean;
  /** The init program that `--init` runs as PID 1. The engine does not report whether every container gets it. */
  readonly initBinary?: string;
  readonly builder?: "buildkit" | "classic" | "buildah";
  /** `Docker Desktop`, `Debian GNU/Linux 12 (bookworm)`, and so on. */
  readonly operatingSystem?: string;
  readonly kernel?: string;
}
