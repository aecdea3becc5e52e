import type { EngineFacts } from "../engine";
import type { ImageFacts } from "../plan/types";
import type { Scope } from "./scopes";

/** Facts that are known besides the log. */
export interface Circumstances {
  readonly facts?: EngineFacts;
  readonly image?: ImageFacts;
  /** How the container ended, when it did. */
  readonly exitCode?: number;
  /** The container runs on LXC, LXD or Incus, where Docker's flags do not apply. */
  readonly isLxc?: boolean;
  /** The image's version, else the version in the log. */
  readonly systemdVersion?: number;
}

/**
 * A known line of systemd, an engine or a related tool. `cause`: a fault that can be fixed. `follow-up`: a
 * result of another line's cause, reported only if that line is missing. `harmless`: noise.
 */
export interface Row {
  readonly id: string;
  readonly kind: "cause" | "follow-up" | "harmless";
  /** Searched anywhere in a line; named groups fill placeholders of the texts. */
  readonly line: RegExp;
  /** Match only lines from this source; everywhere if undefined. */
  readonly scope?: Scope;
  /** It ends PID 1, so it comes before other failures. */
  readonly fatal?: boolean;
  /** More specific rows: if one of them is reported, this one is not. */
  readonly unless?: readonly string[];
  /** Rows that this one follows from: if one of them is reported for an earlier line, this one is not. */
  readonly unlessAfter?: readonly string[];
  /** False if known facts contradict the row; without it, the row always counts. */
  readonly when?: (known: Circumstances) => boolean;
  /**
   * English templates. Besides the line's groups, they can use the flags of the launch plan for the engine:
   * `{cgroup}`, `{run}` (with /run/lock), `{lock}`, `{tmp}`, `{env}`, `{signal}`, `{tty}`.
   */
  readonly cause: string;
  readonly fix: string;
  /** Rules that find the same fault in a file, the most likely first. */
  readonly rules?: readonly string[];
  /** The line has several causes, so a rule is named only if a file has its finding. */
  readonly ambiguous?: boolean;
  /** The systemd or engine versions that write the line, if not all do. */
  readonly versions?: string;
  /** Where it was measured or is documented. */
  readonly source: string;
}
