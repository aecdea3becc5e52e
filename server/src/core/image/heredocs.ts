import { lineEnd } from "../base/text";
import type { Heredoc } from "./image";
import { skipSpace } from "./space";
import { splitWords, unquote } from "./words";

/** A heredoc as the line of an instruction announces it. */
interface Mark {
  readonly name: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
}

/**
 * Reads the heredocs that a joined line announces. Their bodies are the lines of `text` from `from` on, one
 * after the other; `next` is where the line behind the last one begins.
 */
export function readHeredocs(
  text: string,
  line: string,
  from: number,
): { heredocs: Heredoc[]; next: number } {
  const heredocs: Heredoc[] = [];
  let next = from;
  for (const mark of marksOf(line)) {
    const start = Math.min(next, text.length);
    let end = text.length;
    let closed = false;
    while (!closed && next < text.length) {
      const stop = lineEnd(text, next);
      closed = closes(text, next, stop, mark);
      if (closed) end = next;
      next = stop + 1;
    }
    heredocs.push({ ...mark, body: text.slice(start, end), span: { start, end }, closed });
  }
  return { heredocs, next };
}

/** Whether the line `from`–`to` of a text is the name that ends a heredoc. */
function closes(text: string, from: number, to: number, { name, stripTabs }: Mark): boolean {
  let start = from;
  let end = to;
  while (end > start && text[end - 1] === "\r") end--;
  while (stripTabs && start < end && text[start] === "\t") start++;
  return end - start === name.length && text.startsWith(name, start);
}

function marksOf(line: string): Mark[] {
  const words = splitWords(line) ?? [];
  return words.flatMap(({ start, end }) => readMark(line.slice(start, end)) ?? []);
}

/** A word that is only `<<name`: a number before it, and spaces and quotes in it are allowed. */
function readMark(word: string): Mark | undefined {
  const [opening, dash] = /^\d*<<(-?)/.exec(word) ?? [];
  if (opening === undefined) return undefined;
  const written = word.slice(skipSpace(word, opening.length));
  if (written.includes("<")) return undefined;
  const { text, quoted } = unquote(written);
  return text === "" ? undefined : { name: text, quoted, stripTabs: dash !== "" };
}
