import type { Span } from "../base/text";

/** What the word at a place is about. */
export type Topic =
  | "stop-signal"
  | "variable"
  | "container-value"
  | "boot-target"
  | "argument"
  | "verb"
  | "unit"
  | "tmpfs"
  | "tmpfs-option"
  | "cgroup"
  | "security-option"
  | "capability"
  | "grace-period"
  | "rule"
  | "instruction"
  | "setting"
  | "base";

/** A place of a file at which systemd's words are written. */
export interface Place {
  readonly topic: Topic;
  /** The word there from its first to its last character; empty where there is none yet. */
  readonly span: Span;
  /** The stage of a Dockerfile. */
  readonly stage?: number;
  /** The container that a file starts. */
  readonly container?: string;
  /** The verb of systemctl before it. */
  readonly verb?: string;
  /** The words of a list are in quotes, and here are none yet. */
  readonly unquoted?: boolean;
  /** The words before it start systemd. */
  readonly isBehindInit?: boolean;
  /** It is a key of a mapping. */
  readonly isKey?: boolean;
}

/** The word at an offset: from the nearest delimiter before it to the next one, within a stretch. */
export function wordAt(text: string, offset: number, delimiter: RegExp, within: Span): Span {
  let start = offset;
  let end = offset;
  while (start > within.start && !delimiter.test(text[start - 1] ?? "")) start--;
  while (end < within.end && !delimiter.test(text[end] ?? "")) end++;
  return { start, end };
}
