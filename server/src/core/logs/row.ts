import type { EngineFacts } from "../engine";
import type { ImageFacts } from "../plan/types";
import type { Scope } from "./scopes";

/** Facts that are known in addition to the log. */
export interface Circumstances {
  readonly facts?: EngineFacts;
  readonly image?: ImageFacts;
  /** The exit code of the container, if it has ended. */
  readonly exitCode?: number;
  /** The container runs on LXC, LXD or Incus, where Docker's flags do not apply. */
  readonly isLxc?: boolean;
  /** The systemd version of the image, or otherwise the version in the log. */
  readonly systemdVersion?: number;
}

/**
 * A known line of systemd, an engine or a related tool. `cause`: a problem that can be fixed. `follow-up`: a result
 * of another line's cause, reported only if that line is missing. `harmless`: noise.
 */
export interface Row {
  readonly id: string;
  readonly kind: "cause" | "follow-up" | "harmless";
  /** Searched for anywhere in a line; named groups fill placeholders in the templates. */
  readonly line: RegExp;
  /** Matches only lines from this source; if absent, lines from any source. */
  readonly scope?: Scope;
  /** The failure ends PID 1, so it is listed before other failures. */
  readonly fatal?: boolean;
  /** More specific rows: if one of them is reported, this one is not. */
  readonly unless?: readonly string[];
  /** Rows that can cause this one: if one of them is reported for an earlier line, this one is not. */
  readonly unlessAfter?: readonly string[];
  /** Returns false if known facts contradict the row; if absent, the row always applies. */
  readonly when?: (known: Circumstances) => boolean;
  /**
   * English templates. Besides the groups of the line, they can use the flags of the launch plan for the engine:
   * `{cgroup}`, `{run}` (with /run/lock), `{lock}`, `{tmp}`, `{env}`, `{signal}`, `{tty}`.
   */
  readonly cause: string;
  readonly fix: string;
  /** Rules that find the same problem in a file, the most likely first. */
  readonly rules?: readonly string[];
  /** What the container lacks, as `least/grants.ts` names it, if the line shows that. */
  readonly grants?: readonly string[];
  /** The line has several possible causes, so a rule is named only if it has a finding in a file. */
  readonly ambiguous?: boolean;
  /** The versions of systemd or the engine that write the line, if not all do. */
  readonly versions?: string;
  /** Where the line was measured or is documented. */
  readonly source: string;
}
