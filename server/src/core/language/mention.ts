import type { Span } from "../base/text";

/** A place that refers to a file of the workspace, or to part of one. */
export interface Mention {
  readonly uri: string;
  readonly span: Span;
  readonly target: Target;
}

/** What a place refers to: an entire file, or a span of it such as the heredoc of a unit. */
export interface Target {
  readonly uri: string;
  readonly span?: Span;
}

export function sameTarget(a: Target, b: Target): boolean {
  return a.uri === b.uri && a.span?.start === b.span?.start;
}
