import { block, type Literal, type Markdown, oneLine } from "../text";

/** Joins Markdown: markdown`- **${what}**: ${value}`. The literals are part of the source. */
export function markdown(
  literals: TemplateStringsArray,
  ...values: readonly (Markdown | number)[]
): Markdown {
  return String.raw({ raw: literals }, ...values) as Markdown;
}

/** Joins Markdown with a separator. */
export function joined<const T extends string>(parts: readonly Markdown[], separator: Literal<T>): Markdown {
  return parts.join(separator) as Markdown;
}

export const none = markdown``;

/** Joins the parts that are not empty, with an empty line between them. */
export function paragraphs(parts: readonly Markdown[]): Markdown {
  return joined(
    parts.filter((part) => part !== none),
    "\n\n",
  );
}

/** Characters that have a meaning in Markdown, HTML or formulas, or that turn bare addresses into links. */
const special = /[\\`*_{}[\]()<>!~$&@]|:(?=\/\/)|\bwww(?=\.)/gi;

/** What starts a heading, a list, a quote or a rule at the beginning of a line. */
const leading = /^(\s*)([#+=-]|\d+(?=[.)](?:\s|$)))/;

/**
 * A sentence from the server or an engine as Markdown. Its code spans are kept, and everything else becomes plain
 * text. The worst that a stray backtick can do is to turn text into code or code into text.
 */
export function prose(foreign: string): Markdown {
  const parts = oneLine(foreign).split(/`([^`]*)`/);
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : inert(part))).join("") as Markdown;
}

function inert(part: string): string {
  const escaped = part.replace(special, (found) => (found.length > 1 ? `${found}\\` : `\\${found}`));
  return escaped.replace(leading, (_, blanks: string, mark: string) =>
    /\d/.test(mark) ? `${blanks}${mark}\\` : `${blanks}\\${mark}`,
  );
}

/** A code span that no backtick in the text can end. It must not be next to the backtick of another code span. */
export function code(foreign: string): Markdown {
  const line = oneLine(foreign);
  const ticks = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${ticks}${pad}${line}${pad}${ticks}` as Markdown;
}

/** The length of the longest run of backticks. */
function longestRun(foreign: string): number {
  return (foreign.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}

/** The language of a code block. */
export type Language = "" | "sh" | "yaml" | "powershell";

/**
 * A code block that no fence in the text can end. Color sequences are removed; other control characters are made
 * visible.
 */
export function fenced(text: string, language: Language = ""): Markdown {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${withoutColours(text).trimEnd()}\n${fence}` as Markdown;
}

export function table(head: readonly Markdown[], rows: readonly (readonly Markdown[])[]): Markdown {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n") as Markdown;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences begin with one.
const terminalSequence = /\u001b(\[[0-9;?]*[A-Za-z]|\][^\u0007\u001b]*(\u0007|\u001b\\)|[()][A-Z0-9])/g;

function withoutColours(text: string): string {
  return block(text.replace(terminalSequence, "").replace(/\r(?=\n)/g, ""));
}
