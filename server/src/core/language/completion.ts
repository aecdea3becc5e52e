import { type Message, message } from "../base/message";
import type { Span } from "../base/text";
import type { Place } from "./topic";
import { sourceLine, type Word } from "./words/word";

/** A completion, with an explanation of what it means. */
export interface Completion {
  readonly label: string;
  readonly kind: "value" | "unit" | "setting" | "rule";
  readonly span: Span;
  /** The text that replaces the span; further lines are indented like the first one. */
  readonly text: string;
  /** The privilege that it grants or its side effect. */
  readonly cost: Message;
  /** The remaining lines: the fact and its source. */
  readonly about: readonly Message[];
}

/** A word from the tables, written as its place in the file requires. */
export function ofWord(word: Word, { span, unquoted }: Place, kind: Completion["kind"]): Completion {
  return {
    ...{ label: word.word, kind, span, cost: word.cost },
    text: unquoted ? `"${word.word}"` : word.word,
    about: [word.fact, sourceLine(word.source)],
  };
}

/** The note on a setting that is also in the launch plan of a container. */
export const planned = message(
  "word.planned",
  "Copy Run Command also adds this setting to the command that it copies.",
);
