import type { Target } from "../engine";

/** How a boot ends, as the engine reports it. Every given field must match. */
export interface Outcome {
  /** The output of `systemctl is-system-running`, or `exited` or `frozen`; `refused` by the engine; `build-fails`. */
  readonly state: "running" | "degraded" | "exited" | "frozen" | "refused" | "build-fails";
  readonly exitCode?: number;
  /** A part of a log line that must appear. */
  readonly log?: string;
  /** The exit code after a stop with the engine's default grace period of 10 s; 137 means that it was killed. */
  readonly stopCode?: number;
  /** Units that are inactive despite being enabled. */
  readonly inactive?: readonly string[];
  /** The state that the engine reports after running the image's HEALTHCHECK. */
  readonly health?: "healthy" | "unhealthy";
  /** Files that remain on the host after the container has stopped. */
  readonly leaves?: readonly string[];
}

/** A boot that proves an example, before and after the fix, on one or more engine cells. */
export interface Boot {
  readonly before: Outcome;
  readonly after: Outcome;
  /**
   * Both outcomes are those of a second start of the same container, which still has the files of the first start.
   */
  readonly restarted?: boolean;
  /** Further cells that the claim depends on, besides the reference (`docker@28/v2`, systemd 252). */
  readonly cells?: readonly string[];
}

/**
 * An example is both a test and part of the rule's page. Carets in a comment line mark the span of a finding in the
 * line above. They are followed by the name of its message and, after a colon, part of one of its arguments. `fixed`
 * is the content after the first fix. Without carets, there must be no findings.
 */
export interface Example {
  readonly says: string;
  /** The name of the example's file; by default `Dockerfile` for a rule about images, otherwise `compose.yaml`. */
  readonly file?: string;
  readonly source: string;
  readonly fixed?: string;
  /** Other files of the example project, by path relative to the example's file. */
  readonly files?: Readonly<Record<string, string>>;
  /** The files that the first fix changes, with their content after the fix. */
  readonly fixedFiles?: Readonly<Record<string, string>>;
  readonly target?: Target;
  readonly boot?: Boot;
}

/** The examples of one rule: at least one that is reported and one that is not. */
export type Examples = readonly [Example, ...Example[]];
