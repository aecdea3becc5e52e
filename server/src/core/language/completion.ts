import { type Message, message } from "../base/message";
import type { Span } from "../base/text";
import type { Place } from "./topic";
import { sourceLine, type Word } from "./words/word";

/** What can be written at a place, with what it means. */
export interface Completion {
  readonly label: string;
  readonly kind: "value" | "unit" | "setting" | "rule";
  readonly span: Span;
  /** What takes the place of the span; lines after the first are indented as the first one is. */
  readonly text: string;
  /** The privilege or the side effect. */
  readonly cost: Message;
  /** The other lines: the fact, and its source. */
  readonly about: readonly Message[];
}

/** A word of the tables as it is written at a place. */
export function ofWord(word: Word, { span, unquoted }: Place, kind: Completion["kind"]): Completion {
  return {
    ...{ label: word.word, kind, span, cost: word.cost },
    text: unquoted ? `"${word.word}"` : word.word,
    about: [word.fact, sourceLine(word.source)],
  };
}

/** What states a setting that the launch plan of a container has, and why. */
export const planned = message("word.planned", "Copy Run Command includes it as well.");
