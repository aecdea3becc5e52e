import type { Span } from "../base/text";

/** A place that names a file of the workspace, or a part of one. */
export interface Mention {
  readonly uri: string;
  readonly span: Span;
  readonly target: Target;
}

/** What is named: a whole file, or a stretch of it, as the heredoc of a unit. */
export interface Target {
  readonly uri: string;
  readonly span?: Span;
}

export function sameTarget(a: Target, b: Target): boolean {
  return a.uri === b.uri && a.span?.start === b.span?.start;
}
