import type { EngineFacts } from "../engine";

/** What an engine reports beyond what plans depend on. Absent means not reported. */
export interface EngineDetails extends EngineFacts {
  readonly apiVersion?: string;
  /** `systemd`, `cgroupfs` or `none`. */
  readonly cgroupDriver?: string;
  /** Containers get a private cgroup namespace by default. */
  readonly privateCgroups?: boolean;
  /** `builtin`, `unconfined`, a path; absent where seccomp is off. */
  readonly seccomp?: string;
  /** The daemon sets no-new-privileges for every container. */
  readonly noNewPrivileges?: boolean;
  /** The init that `--init` puts in front; whether every container gets it is not reported. */
  readonly initBinary?: string;
  readonly builder?: "buildkit" | "classic" | "buildah";
  /** `Docker Desktop`, `Debian GNU/Linux 12 (bookworm)` … */
  readonly operatingSystem?: string;
  readonly kernel?: string;
}
