/**
 * Characters that a terminal, a log viewer or a reader's eye takes for something else than text: control
 * characters, line separators, marks that turn the direction of text or are not seen, halves of surrogate
 * pairs. The joiners of scripts and emoji (U+200C, U+200D) and the byte order mark stay.
 */
const active = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200c|\u200d|\ufeff)\p{Cf}/gu;

/** Logging commands of CI runners: `##[add-mask]x`, `##vso[…]`, `##teamcity[…]`, anywhere in a line. */
const runnerCommand = /##(?=\w*\[)/g;

/** GitHub Actions executes a line that begins with `::`, with or without spaces before it. */
const workflowCommand = /^(\s*)::/;

/** Foreign text on one line, with every active character made visible: `\x1b`, `\n`, `\u202e`. */
export function visible(text: string): string {
  return withoutCommands(text.replace(active, escaped));
}

/** A block of lines: line ends and tabs stay, all other active characters are made visible. */
export function visibleLines(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const end = line.endsWith("\r") ? "\r" : "";
      const shown = line.slice(0, line.length - end.length);
      return withoutCommands(shown.replace(active, (char) => (char === "\t" ? char : escaped(char)))) + end;
    })
    .join("\n");
}

/** A value as JSON of which nothing is active: what JSON.stringify leaves raw is escaped as JSON has it. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(active, (char) => (char === "\n" ? char : utf16(char)))
    .replace(runnerCommand, "#\\u0023");
}

function withoutCommands(line: string): string {
  return line.replace(runnerCommand, "#\\x23").replace(workflowCommand, "$1\\x3a:");
}

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** As bash ($'…') and YAML ("…") write it. */
function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = (digits: number) => code.toString(16).padStart(digits, "0");
  if (code < 0x80) return short[char] ?? `\\x${hex(2)}`;
  return code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}

function utf16(char: string): string {
  return [...Array(char.length).keys()]
    .map((index) => `\\u${char.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}
