import type { Target } from "../engine";

/** How a boot ends, as an engine shows it. Every given field must match. */
export interface Outcome {
  /** `systemctl is-system-running`, or `exited`, or `frozen`; `refused` by the engine; `build-fails`. */
  readonly state: "running" | "degraded" | "exited" | "frozen" | "refused" | "build-fails";
  readonly exitCode?: number;
  /** A piece of a log line that is seen. */
  readonly log?: string;
  /** Exit code after a stop with the engine's default grace of 10 s; 137 is a kill. */
  readonly stopCode?: number;
  /** Units that are inactive although they are enabled. */
  readonly inactive?: readonly string[];
  /** The state that the engine reports after it has run the image's HEALTHCHECK. */
  readonly health?: "healthy" | "unhealthy";
  /** Files that the container leaves on the host after it has stopped. */
  readonly leaves?: readonly string[];
}

/** A boot that proves an example: before and after the fix, on one engine cell or several. */
export interface Boot {
  readonly before: Outcome;
  readonly after: Outcome;
  /** Both are of a second start of the same container, which finds the files that the first one left. */
  readonly restarted?: boolean;
  /** Cells beside the reference (`docker@28/v2`, systemd 252) that the claim depends on. */
  readonly cells?: readonly string[];
}

/**
 * An example is a test and a part of the rule's page. Carets in a comment line mark the span of a finding in the
 * line above them. The name of its message follows, and after a colon a piece of one of its arguments. `fixed` is
 * the text after the first fix. Without carets nothing may be found.
 */
export interface Example {
  readonly says: string;
  /** The name of its file; without it `Dockerfile` for a rule about images, else `compose.yaml`. */
  readonly file?: string;
  readonly source: string;
  readonly fixed?: string;
  /** Other files of the small project, by path relative to the example's file. */
  readonly files?: Readonly<Record<string, string>>;
  /** The files that the first fix changes, after the fix. */
  readonly fixedFiles?: Readonly<Record<string, string>>;
  readonly target?: Target;
  readonly boot?: Boot;
}

/** The examples of one rule, at least one that is found and one that is not. */
export type Examples = readonly [Example, ...Example[]];
