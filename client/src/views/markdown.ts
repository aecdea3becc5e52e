/** A code span that no backtick in the text can end. */
export function code(text: string): string {
  const ticks = "`".repeat(longestRun(text) + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${ticks}${pad}${text.replace(/\s+/g, " ")}${pad}${ticks}`;
}

/** A code block that no fence in the text can end. Terminal colours are left out. */
export function fenced(text: string, language = ""): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${withoutColours(text).trimEnd()}\n${fence}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences begin with one.
const terminalSequence = /\u001b(\[[0-9;?]*[A-Za-z]|\][^\u0007\u001b]*(\u0007|\u001b\\)|[()][A-Z0-9])/g;

function withoutColours(text: string): string {
  return text.replace(terminalSequence, "").replace(/\r(?=\n)/g, "");
}
