import type { Span } from "./text";

/**
 * Does systemd boot here as PID 1? `certain` = the final argv is systemd; `likely` = a base image of the
 * fixed list boots it. Absent evidence is `no`: `build:`, `privileged` or a cgroup mount prove nothing.
 */
export interface BootJudgement {
  readonly boots: "certain" | "likely" | "no";
  /** The final argv, as far as it is known. */
  readonly argv: readonly string[];
  /** Where the init path is named: in the image's Dockerfile, in the run's file, or nowhere. */
  readonly evidence: "image" | "run" | "script" | "base" | "none";
  readonly span?: Span;
  /** Init is started through a shell that may not exec it (shell form, `sh -c`). */
  readonly throughShell: boolean;
}
