/** Returns a value by name, such as the content of a file by its URI, or the value of a variable. */
export type Ask = (name: string) => string | undefined;

interface Entry<Value> {
  value: Value;
  /** The requested names and the answers to them. */
  readonly answers: Map<string, string | undefined>;
  /** The function that answers further requests; it comes from the most recent caller. */
  ask: Ask;
  size: number;
  /** How many answers are counted. */
  counted: number;
  /** The answers that are counted in `texts`. */
  long: readonly string[];
}

/** The length from which an answer is counted once for all entries that have it, since they share the text. */
const longAnswer = 1_000;

/**
 * The only cache of the core. `make` computes a value from a `key`, which identifies the value, and from the answers
 * to its requests, made immediately or later. The value is reused as long as every answer is the same. The caller's
 * `ask` is called for all of them each time, so a caller gets the same requests whether the value is cached or not.
 * Up to `most.characters` of keys and answers are kept, where each value counts as `most.each` more, and a long
 * answer that several values share counts once. The last value is kept whatever its size, and the least recently used
 * one is dropped first. Values must not be changed.
 */
export function kept<Value>(most: {
  readonly characters: number;
  readonly each: number;
}): (key: string, ask: Ask, make: (ask: Ask) => Value) => Value {
  const entries = new Map<string, Entry<Value>>();
  /** How many entries have each long answer. */
  const texts = new Map<string, number>();
  let size = 0;

  const count = (key: string, entry: Entry<Value>) => {
    const answers = [...entry.answers.values()].filter((answer) => answer !== undefined);
    entry.size = most.each + sizeOf(key, entry.answers);
    entry.counted = entry.answers.size;
    entry.long = answers.filter(isLong);
    size += entry.size;
    for (const text of entry.long) {
      const before = texts.get(text) ?? 0;
      texts.set(text, before + 1);
      if (before === 0) size += text.length;
    }
  };
  const drop = (key: string, entry: Entry<Value>) => {
    entries.delete(key);
    size -= entry.size;
    for (const text of entry.long) {
      const left = (texts.get(text) ?? 0) - 1;
      if (left > 0) texts.set(text, left);
      else if (texts.delete(text)) size -= text.length;
    }
  };
  const find = (key: string, ask: Ask): Entry<Value> | undefined => {
    const known = entries.get(key);
    if (!known) return undefined;
    // All names are requested, even those after a changed one, because a request also loads a file that is not loaded
    // yet.
    let same = true;
    for (const [name, answer] of known.answers) same = ask(name) === answer && same;
    if (!same || known.counted !== known.answers.size) drop(key, known);
    return same ? Object.assign(known, { ask }) : undefined;
  };
  const add = (ask: Ask, make: (ask: Ask) => Value): Entry<Value> => {
    const answers = new Map<string, string | undefined>();
    const noting = (name: string) => {
      if (answers.has(name)) return answers.get(name);
      const answer = entry.ask(name);
      answers.set(name, answer);
      return answer;
    };
    const entry = { answers, ask, size: 0, counted: 0, long: [] } as unknown as Entry<Value>;
    entry.value = make(noting);
    return entry;
  };

  return (key, ask, make) => {
    const entry = find(key, ask) ?? add(ask, make);
    const there = entries.get(key);
    // An entry that is already there has been counted, so it only moves to the end.
    if (there === entry) entries.delete(key);
    else {
      if (there) drop(key, there);
      count(key, entry);
    }
    entries.set(key, entry);
    for (const [oldest, other] of entries) {
      if (size <= most.characters || other === entry) break;
      drop(oldest, other);
    }
    return entry.value;
  };
}

function isLong(answer: string): boolean {
  return answer.length >= longAnswer;
}

/** The size of what belongs to an entry alone: its key, the names it requested, and short answers. */
function sizeOf(key: string, answers: ReadonlyMap<string, string | undefined>): number {
  let size = key.length;
  for (const [name, answer = ""] of answers) size += name.length + (isLong(answer) ? 0 : answer.length);
  return size;
}
