import { type Message, message } from "../../base/message";

/** A word that systemd or an engine reads, and what it means for a container that boots systemd. */
export interface Word {
  readonly word: string;
  readonly fact: Message;
  /** The privilege that it grants, or its side effect. */
  readonly cost: Message;
  readonly source: Source;
  /** Completion offers the word because it is useful in a container that boots systemd. */
  readonly offered?: boolean;
}

/** The source of a claim. */
export interface Source {
  /** The page or the file that states it. */
  readonly named: string;
  /** The engines and versions on which it was measured; absent if it was not. */
  readonly measured?: string;
  /** The rule whose page has the evidence. */
  readonly rule?: string;
}

export const noCost = message("word.no-cost", "Grants no extra access.");

/** The line that names the source of a claim. */
export function sourceLine({ named, measured }: Source): Message {
  return measured === undefined
    ? message("word.not-measured", "Not measured. Source: {named}.", { named })
    : message("word.measured", "Measured: {measured}. Source: {named}.", { measured, named });
}

/** The entry for a word in a table, ignoring case. */
export function wordIn(words: readonly Word[], written: string): Word | undefined {
  const wanted = written.toLowerCase();
  return words.find(({ word }) => word.toLowerCase() === wanted);
}
