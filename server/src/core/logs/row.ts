import type { EngineFacts } from "../engine";
import type { ImageFacts } from "../plan/types";
import type { Scope } from "./scopes";

/** What is known beside the log. */
export interface Circumstances {
  readonly facts?: EngineFacts;
  readonly image?: ImageFacts;
  /** How the container ended, when it did. */
  readonly exitCode?: number;
  /** The container is one of LXC, LXD or Incus, which no flags of Docker are for. */
  readonly isLxc?: boolean;
  /** The image's, else the one that the log names. */
  readonly systemdVersion?: number;
}

/**
 * A line that systemd, an engine or a tool around them is known to write. `cause`: something to repair.
 * `follow-up`: the end of another line's cause, told only when that line is not there. `harmless`: noise.
 */
export interface Row {
  readonly id: string;
  readonly kind: "cause" | "follow-up" | "harmless";
  /** Looked for anywhere in a line; named groups fill places of the texts. */
  readonly line: RegExp;
  /** Only in lines that were written there; without it everywhere. */
  readonly scope?: Scope;
  /** PID 1 ends by it, so it comes before what only went wrong. */
  readonly fatal?: boolean;
  /** Rows that say the same more exactly: where one of them is told, this one is not. */
  readonly unless?: readonly string[];
  /** False where something is known that speaks against it; without it the row always counts. */
  readonly when?: (known: Circumstances) => boolean;
  /**
   * English templates. Beside the line's groups they know the flags of the launch plan for the engine:
   * `{cgroup}`, `{run}` (with /run/lock), `{lock}`, `{tmp}`, `{env}`, `{signal}`, `{tty}`.
   */
  readonly cause: string;
  readonly fix: string;
  /** Rules that find the same fault in a file, the likeliest first. */
  readonly rules?: readonly string[];
  /** The line has several causes, so that no rule is named unless a file has its finding. */
  readonly ambiguous?: boolean;
  /** The systemd or engine versions that write it, where not all do. */
  readonly versions?: string;
  /** Where it was measured or is written. */
  readonly source: string;
}
