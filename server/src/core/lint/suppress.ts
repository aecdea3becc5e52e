import { type Edit, firstIndex, indentation, lineAt, nextLine, type Span } from "../base/text";
import { type FileText, kindOf, readFile, surfaceOf } from "../surfaces/files";
import type { Surface } from "../surfaces/surface";

/** A comment that silences rules, for the whole file or for the instruction or key that follows it. */
export interface Ignore {
  /** The rule ids, each with its own place. */
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  /** The comment line, without its line ending. */
  readonly line: Span;
  /** Findings that start in here are silenced; undefined for the whole file. */
  readonly region: Span | undefined;
}

type Marker = Surface["comment"];

const patterns: Readonly<Record<Marker, RegExp>> = {
  "#": /^\uFEFF?[ \t]*#[ \t]*systemd-containers-ignore(-file)?[ \t]+([^:\r\n]*)/gm,
  "//": /^\uFEFF?[ \t]*\/\/[ \t]*systemd-containers-ignore(-file)?[ \t]+([^:\r\n]*)/gm,
};

/**
 * Finds the ignore comments of a text. `regionAfter` says what follows a comment line: an instruction
 * of a Dockerfile, a key of a YAML file with all that belongs to it.
 */
export function readIgnores(text: string, comment: Marker, regionAfter: (offset: number) => Span): Ignore[] {
  if (!text.includes("systemd-containers-ignore")) return [];
  const ignores: Ignore[] = [];
  // From the end on: a comment has the region of the comment below it.
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

/** The findings that comments silence, and the rule ids of comments, by their places, that silence something. */
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
      // One more covers from the first on, one less from the end on.
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

/** The edits that write an ignore comment for a rule; `here` is absent where no comment can stand. */
export interface IgnoreEdits {
  readonly here?: Edit;
  readonly inFile: Edit;
}

/**
 * How findings of a file are silenced: the one at `offset` for the instruction or key it is in, or for the file, which
 * is read once for all of them.
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

/** Says whether edits take an ignore comment away and leave something of what the comment is about. */
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

/** The ignore comments, given in the order of the text, that a stretch touches. */
function ignoresAt(ignores: readonly Ignore[], span: Span): readonly Ignore[] {
  const from = firstIndex(ignores.length, (at) => (ignores[at]?.line.end ?? 0) > span.start);
  const to = firstIndex(ignores.length, (at) => (ignores[at]?.line.start ?? 0) >= span.end);
  return ignores.slice(from, to);
}

/** Writes an ignore comment above the line that holds `offset`, as deep as that line. */
function ignoreHere(text: string, offset: number, rule: string, comment: Marker): Edit {
  const line = lineAt(text, offset);
  const start = line.start === 0 ? beginning(text) : line.start;
  const indent = text.slice(start, start + indentation(text, start));
  return { span: { start, end: start }, text: `${indent}${comment} systemd-containers-ignore ${rule}\n` };
}

/** Writes an ignore comment for the file: at its top, but below a Dockerfile's parser directives. */
function ignoreFile(text: string, rule: string, comment: Marker): Edit {
  let at = beginning(text);
  while (/^[ \t]*#[ \t]*(syntax|escape|check)[ \t]*=/i.test(text.slice(at, lineAt(text, at).end))) {
    at = nextLine(text, at);
  }
  return { span: { start: at, end: at }, text: `${comment} systemd-containers-ignore-file ${rule}\n` };
}

/** Where a text begins, behind its byte order mark. */
function beginning(text: string): number {
  return text.startsWith("\uFEFF") ? 1 : 0;
}
