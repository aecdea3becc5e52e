import type { Edit, Span } from "../base/text";
import { firstIndex, lineAt } from "../base/text";

/** A comment that silences rules, for the whole file or for the instruction or key that follows it. */
export interface Ignore {
  /** The rule ids, each with its own place. */
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  /** The comment line, without its line ending. */
  readonly line: Span;
  /** Findings that start in here are silenced; undefined for the whole file. */
  readonly region: Span | undefined;
}

const pattern = /^\uFEFF?[ \t]*#[ \t]*systemd-containers-ignore(-file)?[ \t]+([^:\r\n]*)/gm;

/**
 * Finds the ignore comments of a text. `regionAfter` says what follows a comment line: an instruction
 * of a Dockerfile, a key of a YAML file with all that belongs to it.
 */
export function readIgnores(text: string, regionAfter: (offset: number) => Span): Ignore[] {
  const ignores: Ignore[] = [];
  // From the end on: a comment has the region of the comment below it.
  for (const match of [...text.matchAll(pattern)].reverse()) {
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

/**
 * The key of a YAML text that follows an offset, with everything indented below it. A sequence may stand
 * as deep as its key, so dashes of the same depth belong to it too.
 */
export function yamlRegions(text: string): (offset: number) => Span {
  const known = new Map<number, Span>();
  return (offset) => {
    const start = lineAt(text, offset).start;
    let at = nextLine(text, offset);
    while (
      at < text.length &&
      !known.has(at) &&
      /^[ \t]*(#|\r?$)/.test(text.slice(at, lineAt(text, at).end))
    ) {
      at = nextLine(text, at);
    }
    const region = known.get(at) ?? yamlRegion(text, at);
    known.set(start, region);
    return region;
  };
}

function yamlRegion(text: string, at: number): Span {
  const first = lineAt(text, at);
  const depth = indentation(text, at);
  const isItem = text[at + depth] === "-";
  let end = first.end;
  for (let next = nextLine(text, at); next < text.length; next = nextLine(text, next)) {
    const line = lineAt(text, next);
    const blank = text.slice(line.start, line.end).trim() === "";
    const deep = indentation(text, next);
    const ownItem = !isItem && deep === depth && text[next + deep] === "-";
    if (!blank && deep <= depth && !ownItem) break;
    end = line.end;
  }
  return { start: at, end };
}

/** Writes an ignore comment above the line that holds `offset`, as deep as that line. */
export function ignoreHere(text: string, offset: number, rule: string): Edit {
  const line = lineAt(text, offset);
  const start = line.start === 0 ? beginning(text) : line.start;
  const indent = text.slice(start, start + indentation(text, start));
  return { span: { start, end: start }, text: `${indent}# systemd-containers-ignore ${rule}\n` };
}

/** Writes an ignore comment for the file: at its top, but below a Dockerfile's parser directives. */
export function ignoreFile(text: string, rule: string): Edit {
  let at = beginning(text);
  while (/^[ \t]*#[ \t]*(syntax|escape|check)[ \t]*=/i.test(text.slice(at, lineAt(text, at).end))) {
    at = nextLine(text, at);
  }
  return { span: { start: at, end: at }, text: `# systemd-containers-ignore-file ${rule}\n` };
}

/** Where a text begins, behind its byte order mark. */
function beginning(text: string): number {
  return text.startsWith("\uFEFF") ? 1 : 0;
}

function nextLine(text: string, offset: number): number {
  const found = text.indexOf("\n", offset);
  return found === -1 ? text.length : found + 1;
}

function indentation(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - lineStart;
}
