import { type Node, parse } from "./regexp-parse";

/** What stood before a place of a text, to the extent that `^` and `\b` ask for it. */
export type Before = "start" | "line" | "word" | "other";

/** Where a state leads: without taking a character, where its guard allows that, or by taking one of a set. */
export interface Links {
  readonly free: { readonly to: number; readonly guard?: "^" | "$" | "b" | "B" }[];
  readonly taking: { readonly to: number; readonly set: number }[];
}

/**
 * A regular expression as an automaton over letters, which are kinds of characters that the expression does not
 * tell apart. It begins in state `search`, which skips what stands before a match.
 */
export interface Machine {
  /** What each letter is to `^`, `$` and `\b`. */
  readonly letters: readonly Before[];
  readonly links: readonly Links[];
  /** The letters of each set. */
  readonly sets: readonly ReadonlySet<number>[];
  readonly multiline: boolean;
}

export const search = 0;
const entry = 1;
export const accept = 2;

/** Builds the automaton. Counted repetitions are cut to a few rounds: only endless ones make a text cost more than its length. */
export function machineOf(source: string, flags: string): Machine {
  const links: Links[] = [];
  const state = () => links.push({ free: [], taking: [] }) - 1;
  const setSources = ["[^]"];
  for (const each of [search, entry, accept])
    if (state() !== each) throw new Error("states in another order");
  const from = (at: number) => links[at] as Links;

  function add(node: Node, at: number): number {
    switch (node.kind) {
      case "set": {
        const to = state();
        const known = setSources.indexOf(node.source);
        from(at).taking.push({ to, set: known === -1 ? setSources.push(node.source) - 1 : known });
        return to;
      }
      case "sequence":
        return node.items.reduce((place, item) => add(item, place), at);
      case "choice": {
        const to = state();
        for (const item of node.items) {
          const begin = state();
          from(at).free.push({ to: begin });
          from(add(item, begin)).free.push({ to });
        }
        return to;
      }
      case "guard": {
        const to = state();
        from(at).free.push({ to, guard: node.guard });
        return to;
      }
      case "look": {
        const begin = state();
        from(at).free.push({ to: begin });
        add(node.item, begin);
        return at;
      }
      case "repeat":
        return repeat(node, at);
    }
  }

  function repeat({ item, min, max }: Extract<Node, { kind: "repeat" }>, at: number): number {
    let place = at;
    for (let round = 0; round < Math.min(min, 2) - (max === Infinity ? 1 : 0); round++)
      place = add(item, place);
    const to = state();
    if (max === Infinity) {
      const begin = state();
      from(place).free.push({ to: begin });
      if (min === 0) from(place).free.push({ to });
      const done = add(item, begin);
      from(done).free.push({ to: begin }, { to });
      return to;
    }
    for (let round = 0; round < Math.min(max - min, 3); round++) {
      from(place).free.push({ to });
      const begin = state();
      from(place).free.push({ to: begin });
      place = add(item, begin);
    }
    from(place).free.push({ to });
    return to;
  }

  from(search).free.push({ to: entry });
  if (!flags.includes("y")) from(search).taking.push({ to: search, set: 0 });
  from(add(parse(source), entry)).free.push({ to: accept });
  return { ...lettersOf(setSources, source, flags), links, multiline: flags.includes("m") };
}

function beforeOf(char: string): Before {
  if (/[\n\r\u2028\u2029]/.test(char)) return "line";
  return /\w/.test(char) ? "word" : "other";
}

/** One example of each kind of character, and which kinds each set contains. */
function lettersOf(sources: readonly string[], whole: string, flags: string) {
  const kept = flags.replace(/[^isu]/g, "");
  const tests = sources.map((set) => new RegExp(`^${set}$`, kept));
  const chars = new Set([...Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code)), ...whole]);
  for (const char of ["\u2028", "\uFEFF", "\uE000", "\u4e00", "●", "…"]) chars.add(char);
  const kinds = new Map<string, string>();
  for (const char of chars) {
    const kind = tests.map((test) => (test.test(char) ? 1 : 0)).join("") + beforeOf(char);
    if (!kinds.has(kind)) kinds.set(kind, char);
  }
  const examples = [...kinds.values()];
  const sets = tests.map(
    (test) => new Set(examples.flatMap((char, letter) => (test.test(char) ? [letter] : []))),
  );
  return { letters: examples.map(beforeOf), sets };
}
