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

/** A place in a file where a systemd-related word can be written. */
export interface Place {
  readonly topic: Topic;
  /** The span of the word there; empty if nothing has been written yet. */
  readonly span: Span;
  /** The index of the stage in a Dockerfile. */
  readonly stage?: number;
  /** The name of the container that a file starts. */
  readonly container?: string;
  /** The preceding verb of systemctl. */
  readonly verb?: string;
  /** The words of the list are quoted, but there are no quotes here yet. */
  readonly unquoted?: boolean;
  /** The preceding words start systemd. */
  readonly isBehindInit?: boolean;
  /** The word is a key of a mapping. */
  readonly isKey?: boolean;
}

/** The word at an offset: from the nearest delimiter before it to the next one after it, within the given span. */
export function wordAt(text: string, offset: number, delimiter: RegExp, within: Span): Span {
  let start = offset;
  let end = offset;
  while (start > within.start && !delimiter.test(text[start - 1] ?? "")) start--;
  while (end < within.end && !delimiter.test(text[end] ?? "")) end++;
  return { start, end };
}
