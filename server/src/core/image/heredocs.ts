import { lineEnd } from "../base/text";
import type { Heredoc } from "./image";
import { skipSpace } from "./space";
import { splitWords, unquote } from "./words";

/** A heredoc as announced in the line of an instruction. */
interface Mark {
  readonly name: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
}

/**
 * Reads the heredocs that a joined line announces. Their bodies are consecutive lines of `text`, starting at `from`;
 * `next` is the start of the line after the last one.
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
    heredocs.push({ body: text.slice(start, end), span: { start, end }, closed, ...mark });
  }
  return { heredocs, next };
}

/** Whether the line from `from` to `to` is the delimiter that ends a heredoc. */
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

/** Reads a word that consists only of `<<name`. A number before it, and spaces and quotes within it, are allowed. */
function readMark(word: string): Mark | undefined {
  const [opening, dash] = /^\d*<<(-?)/.exec(word) ?? [];
  if (opening === undefined) return undefined;
  const written = word.slice(skipSpace(word, opening.length));
  if (written.includes("<")) return undefined;
  const { text, quoted } = unquote(written);
  return text === "" ? undefined : { name: text, quoted, stripTabs: dash !== "" };
}
