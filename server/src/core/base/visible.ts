/**
 * Characters that a terminal, a log viewer or a human reader would not treat as text: control characters, line
 * separators, marks that are invisible or change the direction of text, and lone surrogates. The joiners of scripts
 * and emoji (U+200C, U+200D) and the byte order mark are kept.
 */
const active = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200c|\u200d|\ufeff)\p{Cf}/gu;

/** Logging commands for CI runners, anywhere in a line: `##[add-mask]x`, `##vso[…]`, `##teamcity[…]`. */
const runnerCommand = /##(?=\w*\[)/g;

/** GitHub Actions executes a line that begins with `::`, with or without spaces before it. */
const workflowCommand = /^(\s*)::/;

/** External text on one line, with every active character escaped: `\x1b`, `\n`, `\u202e`. */
export function visible(text: string): string {
  return withoutCommands(text.replace(active, escaped));
}

/** A block of lines: line ends and tabs are kept, and all other active characters are escaped. */
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

/**
 * A value as JSON without active characters: those that JSON.stringify does not escape are escaped in JSON syntax.
 */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(active, (char) => (char === "\n" ? char : utf16(char)))
    .replace(runnerCommand, "#\\u0023");
}

function withoutCommands(line: string): string {
  return line.replace(runnerCommand, "#\\x23").replace(workflowCommand, "$1\\x3a:");
}

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Escapes a character in the syntax of bash ($'…') and YAML ("…"). */
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
