import { type MappedText, plainText, textBuilder } from "../../shell/mapped-text";

/** A placeholder for an unknown part of a command; files do not normally contain this character. */
export const unknown = "\uE001";

/** The kind of file that contains commands. */
export type Writing = "script" | "makefile" | "prose" | "unit";

/** The scripts in a file that is not a unit, each mapped to its positions in the file. */
export function scriptsIn(text: string, writing: Exclude<Writing, "unit">): MappedText[] {
  if (writing === "script") {
    if (/^#!(?!.*sh\b)/.test(text)) return [];
    return [text.includes("\r") ? joined(linesOf(text)) : plainText(text)];
  }
  return writing === "makefile" ? recipes(text) : codeBlocks(text);
}

/** A line without its line ending, and the offset where it begins. */
export interface Line {
  readonly start: number;
  readonly text: string;
}

/** The lines of text that begins at offset `from`. */
export function linesOf(text: string, from = 0): Line[] {
  let start = from;
  return text.split("\n").map((line) => {
    const at = start;
    start += line.length + 1;
    return { start: at, text: line.replace(/\r$/, "") };
  });
}

/**
 * Joins lines into one script; `skipped` is the number of characters at the start of a line that are not part of it.
 * `variables` matches variables that are not written as in a shell.
 */
export function joined(
  lines: readonly (Line & { readonly skipped?: number })[],
  variables?: RegExp,
): MappedText {
  const builder = textBuilder();
  for (const { start, text, skipped = 0 } of lines) {
    let at = skipped;
    for (const { 0: whole, index } of text.matchAll(variables ?? /(?!)/g)) {
      if (index < at) continue;
      builder.copy(text.slice(at, index), start + at);
      builder.replace(unknown, { start: start + index, end: start + index + whole.length });
      at = index + whole.length;
    }
    builder.copy(text.slice(at), start + at);
    builder.replace("\n", { start: start + text.length, end: start + text.length });
  }
  return builder.build();
}

/** The recipes of a Makefile, without the characters that are meant for make: the tab, `@`, `-` and `+`. */
function recipes(text: string): MappedText[] {
  const found: MappedText[] = [];
  let open: (Line & { skipped: number })[] = [];
  let isContinued = false;
  const close = () => {
    if (open.length > 0) found.push(joined(open, /\$\(\w+\)/g));
    open = [];
  };
  for (const line of linesOf(text)) {
    const isRecipe: boolean = line.text.startsWith("\t") || (isContinued && open.length > 0);
    if (!isRecipe) close();
    else
      open.push({ ...line, skipped: isContinued ? 0 : (/^\t[@+\- \t]*/.exec(line.text)?.[0].length ?? 0) });
    isContinued = isRecipe && line.text.endsWith("\\");
  }
  close();
  return found;
}

/** Languages of code blocks that contain commands; a block without a language may contain commands too. */
const shells = /^(?:|sh|bash|shell|zsh|console|shell-session|terminal|text|plain)$/i;

/** The Markdown code blocks that contain commands, without prompts. */
function codeBlocks(text: string): MappedText[] {
  const found: MappedText[] = [];
  let fence: string | undefined;
  let block: (Line & { skipped: number })[] = [];
  let isShell = false;
  const close = () => {
    if (isShell && block.length > 0) found.push(joined(block));
    block = [];
  };
  for (const line of linesOf(text)) {
    const [, mark, language = ""] = /^[ \t>]*(`{3,}|~{3,})[ \t]*\{?\.?([\w-]*)/.exec(line.text) ?? [];
    if (fence !== undefined && mark?.startsWith(fence)) {
      close();
      fence = undefined;
    } else if (fence === undefined && mark !== undefined) {
      close();
      fence = mark;
      isShell = shells.test(language);
    } else if (fence !== undefined || /^(?: {4}|\t)/.test(line.text)) {
      if (fence === undefined) isShell = true;
      block.push({ ...line, skipped: promptOf(line.text) });
    } else {
      if (line.text.trim() !== "") close();
      found.push(...codeIn(line));
    }
  }
  close();
  return found;
}

/** The code in backquotes in a line of text, if it names a program that starts containers. */
export function codeIn({ start, text }: Line): MappedText[] {
  return Array.from(text.matchAll(/`([^`]+)`/g))
    .filter(([, code = ""]) => /\b(?:docker|podman|nerdctl)\b/.test(code))
    .map(({ 1: code = "", index }) => plainText(code, start + index + 1));
}

/** Whether a command has a prompt and the line after it is its output. */
export function isRecorded(text: string, start: number, end: number): boolean {
  const lineFrom = (from: number) => text.slice(from).split("\n", 1)[0] ?? "";
  const after = text.indexOf("\n", end) + 1;
  const next = after === 0 ? "" : lineFrom(after).trim();
  return promptOf(lineFrom(text.lastIndexOf("\n", start) + 1)) > 0 && next !== "" && !notOutput.test(next);
}

/** The end of a code block, a prompt, or a comment. */
const notOutput = /^(?:`{3}|~{3}|[\w.@:~/-]{0,64}[$#%>](?:\s|$))/;

/** The length of a prompt: `$ `, `# `, `user@host:~$ `. */
function promptOf(line: string): number {
  const [prompt = ""] =
    /^[ \t]*(?:[\w.-]+@[^\s$#]*)?[$#%>][ \t]+(?=(?:sudo[ \t]+)?(?:docker|podman|nerdctl)\b)/.exec(line) ?? [];
  return prompt.length;
}
