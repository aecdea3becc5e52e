import type { Span } from "../base/text";
import { readDockerfile } from "../image/dockerfile";
import { fileOf } from "./dockerfile";
import type { Surface, SurfaceFile } from "./surface";

/**
 * `Dockerfile.j2`: a Jinja template from which Ansible or Molecule makes a Dockerfile. What Jinja computes is unknown,
 * like a variable without a value; nothing is reported or changed in a line that contains such code.
 */
export const dockerfileTemplateSurface = {
  kind: "dockerfile-template",
  languageIds: [],
  namedIn: ["jinja", "jinja-docker"],
  names: ["Dockerfile.j2", "*.Dockerfile.j2", "Dockerfile.*.j2"],
  except: [],
  activates: false,
  starts: false,
  comment: "#",
  pages: "dockerfile",
  looksLike: () => false,
  mayLink: () => false,
  read: (_, text, read): SurfaceFile => {
    const masked = withoutJinja(text);
    const file = fileOf(readDockerfile(masked ?? "", read));
    return { ...file, problems: () => [], isOpaque: (span) => masked === undefined || hasJinja(text, span) };
  },
} as const satisfies Surface;

const code = /\{#[\s\S]*?(?:#\}|$)|\{%[\s\S]*?(?:%\}|$)|\{\{[\s\S]*?(?:\}\}|$)/g;

/** Statements that can insert whole instructions, or in which braces are not code. */
const inserting = /\{%[-+]?\s*(?:include|extends|import|from|call|block|raw)\b/;

/**
 * The text in which each expression is a variable without a value, and each statement and comment becomes spaces.
 * Positions stay the same. A base image that depends on a condition is unknown too. Undefined if other files may insert
 * instructions.
 */
function withoutJinja(text: string): string | undefined {
  if (inserting.test(text)) return undefined;
  const conditions: Span[] = [];
  const open: number[] = [];
  const masked = text.replace(code, (found, start: number) => {
    const [, end, word = ""] = /^\{%[-+]?\s*(end)?(\w*)/.exec(found) ?? [];
    if (/^(?:if|for)$/.test(word) && end) conditions.push({ start: open.pop() ?? 0, end: start });
    else if (/^(?:if|for)$/.test(word)) open.push(start);
    return found.startsWith("{{") && !/[\r\n]/.test(found) ? variable(found.length) : blank(found);
  });
  return masked.replace(
    /^([ \t]*FROM[ \t]+)(\S{4,})/gim,
    (line, before: string, image: string, at: number) =>
      conditions.some(({ start, end }) => start < at && at < end) ? before + variable(image.length) : line,
  );
}

/** A variable that no Dockerfile declares, of a length. */
const variable = (length: number) => `\${${"_".repeat(length - 3)}}`;

const blank = (text: string) => text.replace(/[^\r\n]/g, " ");

/** Whether the lines of a span contain code. */
function hasJinja(text: string, { start, end }: Span): boolean {
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const last = text.indexOf("\n", end);
  const lines = { start: first, end: last === -1 ? text.length : last };
  return [...text.matchAll(code)].some(
    ({ 0: found, index }) => index < lines.end && index + found.length > lines.start,
  );
}
