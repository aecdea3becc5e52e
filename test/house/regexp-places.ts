import { circlesOf } from "./circles";
import { accept, type Before, type Machine, search } from "./regexp-machine";

/** A state of an automaton, and what was taken last. */
export interface Place {
  readonly at: number;
  readonly before: Before;
  /** Where each letter leads; what it leads to in two ways is there twice. */
  readonly next: readonly Place[][];
  /** The letters before which a match may end here; -1 is the end of the text. */
  readonly ends: Set<number>;
}

const endOfText = -1;

/** Every place that a text can lead to, the one where it begins first. */
export function placesOf(machine: Machine): Place[] {
  const places = new Map<string, Place>();
  const placeOf = (at: number, before: Before): Place => {
    const key = `${at} ${before}`;
    const place = places.get(key) ?? { at, before, next: machine.letters.map(() => []), ends: new Set() };
    places.set(key, place);
    return place;
  };
  placeOf(search, "start");
  // The map grows while it is gone through.
  for (const place of places.values()) {
    steps(machine, place, (to, letter) => {
      if (to === accept) place.ends.add(letter);
      else if (letter !== endOfText) place.next[letter]?.push(placeOf(to, machine.letters[letter] as Before));
    });
  }
  return [...places.values()];
}

/** Calls back for each way from a place to a state over one letter, or to the end of the match before it. */
function steps(machine: Machine, { at, before }: Place, found: (to: number, letter: number) => void): void {
  const { letters, links, sets, multiline } = machine;
  const passes = (guard: "^" | "$" | "b" | "B" | undefined, letter: number): boolean => {
    const next = letters[letter];
    if (guard === "^") return before === "start" || (multiline && before === "line");
    if (guard === "$") return letter === endOfText || (multiline && next === "line");
    if (guard === undefined) return true;
    return ((before === "word") !== (next === "word")) === (guard === "b");
  };
  const visits = new Map<number, number>();
  const open = new Set<number>();
  const visit = (state: number, allowed: readonly number[]) => {
    const count = visits.get(state) ?? 0;
    // Two ways are as bad as more.
    if (open.has(state) || count >= mostVisits || allowed.length === 0) return;
    visits.set(state, count + 1);
    open.add(state);
    if (state === accept) for (const letter of allowed) found(accept, letter);
    for (const { to, set } of links[state]?.taking ?? [])
      for (const letter of allowed) if (sets[set]?.has(letter)) found(to, letter);
    for (const { to, guard } of links[state]?.free ?? [])
      visit(to, guard === undefined ? allowed : allowed.filter((letter) => passes(guard, letter)));
    open.delete(state);
  };
  visit(at, [endOfText, ...letters.keys()]);
}

const mostVisits = 4;

/** The places from which every text, whatever comes, leads to a match. */
export function neverFailing(places: readonly Place[]): ReadonlySet<Place> {
  const safe = new Set(places);
  for (let size = -1; size !== safe.size; ) {
    size = safe.size;
    for (const place of safe) {
      const goesOn = place.next.every(
        (next, letter) => place.ends.has(letter) || next.some((to) => safe.has(to)),
      );
      if (!goesOn || !place.ends.has(endOfText)) safe.delete(place);
    }
  }
  return safe;
}

/** The groups of places that lead to one another: the endless loops. */
export function loopsOf(places: readonly Place[]): Place[][] {
  return circlesOf(places, ({ next }) => next.flat());
}
