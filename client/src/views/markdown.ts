import { block, type Literal, type Markdown, oneLine } from "../text";

/** Puts Markdown together: markdown`- **${what}**: ${value}`. The literals are part of the source. */
export function markdown(
  literals: TemplateStringsArray,
  ...values: readonly (Markdown | number)[]
): Markdown {
  return String.raw({ raw: literals }, ...values) as Markdown;
}

/** Markdown with a separator between the parts. */
export function joined<const T extends string>(parts: readonly Markdown[], separator: Literal<T>): Markdown {
  return parts.join(separator) as Markdown;
}

export const none = markdown``;

/** The parts that are not empty, an empty line between them. */
export function paragraphs(parts: readonly Markdown[]): Markdown {
  return joined(
    parts.filter((part) => part !== none),
    "\n\n",
  );
}

/** What can begin or end something in Markdown, in HTML or in formulas, and what makes bare addresses links. */
const special = /[\\`*_{}[\]()<>!~$&@]|:(?=\/\/)|\bwww(?=\.)/gi;

/** What makes a heading, a list, a quote or a rule at the beginning of a line. */
const leading = /^(\s*)([#+=-]|\d+(?=[.)](?:\s|$)))/;

/**
 * A sentence of the server, or of an engine, as Markdown: its code spans stay code spans, and everything else is
 * text. A backtick in it can at most make code of text, or text of code.
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

/** A code span that no backtick in the text can end. A backtick of another one must not stand next to it. */
export function code(foreign: string): Markdown {
  const line = oneLine(foreign);
  const ticks = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${ticks}${pad}${line}${pad}${ticks}` as Markdown;
}

/** The longest run of backticks. */
function longestRun(foreign: string): number {
  return (foreign.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}

/** Of a code block. */
export type Language = "" | "sh" | "yaml" | "powershell";

/** A code block that no fence in the text can end. Terminal colours are left out, other control characters made visible. */
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
