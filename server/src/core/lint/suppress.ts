import { type Edit, firstIndex, indentation, lineAt, nextLine, type Span } from "../base/text";
import { type FileText, kindOf, readFile, surfaceOf } from "../surfaces/files";
import type { Surface } from "../surfaces/surface";

/** A comment that disables rules, for the whole file or for the instruction or key that follows it. */
export interface Ignore {
  /** The rule IDs with their spans. */
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  /** The comment line, without its line ending. */
  readonly line: Span;
  /** Findings that start in this span are ignored; undefined if the comment applies to the entire file. */
  readonly region: Span | undefined;
}

type Marker = Surface["comment"];

const patterns: Readonly<Record<Marker, RegExp>> = {
  "#": /^\uFEFF?[ \t]*#[ \t]*systemd-containers-ignore(-file)?[ \t]+([^:\r\n]*)/gm,
  "//": /^\uFEFF?[ \t]*\/\/[ \t]*systemd-containers-ignore(-file)?[ \t]+([^:\r\n]*)/gm,
};

/**
 * Finds the ignore comments in a document. `regionAfter` returns the region that follows a comment line: an
 * instruction of a Dockerfile, or a key of a YAML file with its value.
 */
export function readIgnores(text: string, comment: Marker, regionAfter: (offset: number) => Span): Ignore[] {
  if (!text.includes("systemd-containers-ignore")) return [];
  const ignores: Ignore[] = [];
  // Starts at the end, because a comment has the same region as the comment below it.
  for (const match of [...text.matchAll(patterns[comment])].reverse()) {
    const line = lineAt(text, match.index);
    const list = match[2] ?? "";
    const listStart = match.index + match[0].length - list.length;
    const rules = [...list.matchAll(/[^\s,]+/g)].map(({ 0: id, index }) => ({
      id,
      span: { start: listStart + index, end: listStart + index + id.length },
    }));
    ignores.push({ rules, line, region: match[1] ? undefined : regionAfter(line.end) });
  }
  return ignores.reverse();
}

interface Placed {
  readonly rule: string;
  readonly span: Span;
}

/** The findings that comments disable, and the spans of the rule IDs that took effect. */
export function matchIgnores<F extends Placed>(
  findings: readonly F[],
  ignores: readonly Ignore[],
): { silenced: ReadonlySet<F>; used: ReadonlySet<Span> } {
  const byRule = new Map<string, { readonly found: F[]; readonly covered: number[] }>();
  for (const finding of [...findings].sort((a, b) => a.span.start - b.span.start)) {
    const group = byRule.get(finding.rule) ?? { found: [], covered: [] };
    byRule.set(finding.rule, group);
    group.found.push(finding);
  }
  const used = new Set<Span>();
  for (const { rules, region } of ignores) {
    for (const { id, span } of rules) {
      const { found = [], covered = [] } = byRule.get(id) ?? {};
      const startOf = (at: number) => found[at]?.span.start ?? 0;
      const first = region ? firstIndex(found.length, (at) => startOf(at) >= region.start) : 0;
      const end = region ? firstIndex(found.length, (at) => startOf(at) > region.end) : found.length;
      if (first >= end) continue;
      used.add(span);
      // Coverage increases by one comment at the first finding and decreases by one at the end.
      covered[first] = (covered[first] ?? 0) + 1;
      covered[end] = (covered[end] ?? 0) - 1;
    }
  }
  const silenced = new Set<F>();
  for (const { found, covered } of byRule.values()) {
    let depth = 0;
    found.forEach((finding, at) => {
      depth += covered[at] ?? 0;
      if (depth > 0) silenced.add(finding);
    });
  }
  return { silenced, used };
}

/** The edits that write an ignore comment for a rule; `here` is absent if a comment is not possible there. */
export interface IgnoreEdits {
  readonly here?: Edit;
  readonly inFile: Edit;
}

/**
 * Returns a function that creates the ignore comments for a finding at `offset`: one for its instruction or key, and
 * one for the file. The file is read only once for all findings.
 */
export function ignoreWriter({ uri, text, kind = kindOf(uri, text) }: FileText) {
  const comment = surfaceOf(kind)?.comment ?? "#";
  const read = readFile({ uri, text, kind }, () => undefined);
  return (offset: number, rule: string): IgnoreEdits => {
    const place = read ? read.commentPlace(offset) : offset;
    return {
      ...(place !== undefined && { here: ignoreHere(text, place, rule, comment) }),
      inFile: ignoreFile(text, rule, comment),
    };
  };
}

/** Whether edits remove an ignore comment but leave some of the lines that it covers. */
export function takeIgnore(text: string, ignores: readonly Ignore[], edits: readonly Edit[]): boolean {
  const isGone = ({ start, end }: Span) =>
    edits.some(({ span, text: by }) => by === "" && span.start <= start && end <= span.end);
  return edits.some((edit) =>
    ignoresAt(ignores, edit.span).some(
      ({ line, region }) =>
        !edit.text.includes(text.slice(line.start, line.end).trim()) && !(region && isGone(region)),
    ),
  );
}

/** The ignore comments that a span touches, in file order. */
function ignoresAt(ignores: readonly Ignore[], span: Span): readonly Ignore[] {
  const from = firstIndex(ignores.length, (at) => (ignores[at]?.line.end ?? 0) > span.start);
  const to = firstIndex(ignores.length, (at) => (ignores[at]?.line.start ?? 0) >= span.end);
  return ignores.slice(from, to);
}

/** Writes an ignore comment above the line that contains `offset`, with its indentation. */
function ignoreHere(text: string, offset: number, rule: string, comment: Marker): Edit {
  const line = lineAt(text, offset);
  const start = line.start === 0 ? beginning(text) : line.start;
  const indent = text.slice(start, start + indentation(text, start));
  return { span: { start, end: start }, text: `${indent}${comment} systemd-containers-ignore ${rule}\n` };
}

/** Writes an ignore comment for the entire file: at its top, but below the parser directives of a Dockerfile. */
function ignoreFile(text: string, rule: string, comment: Marker): Edit {
  let at = beginning(text);
  while (/^[ \t]*#[ \t]*(syntax|escape|check)[ \t]*=/i.test(text.slice(at, lineAt(text, at).end))) {
    at = nextLine(text, at);
  }
  return { span: { start: at, end: at }, text: `${comment} systemd-containers-ignore-file ${rule}\n` };
}

/** Where the content of a document begins: after a byte order mark if there is one. */
function beginning(text: string): number {
  return text.startsWith("\uFEFF") ? 1 : 0;
}
