import { machineOf } from "./regexp-machine";
import { loopsOf, neverFailing, type Place, placesOf } from "./regexp-places";

/**
 * How the time of a failing search grows with the text: 1 for its length, 2 for its square and so on, Infinity
 * for an exponential. Two endless loops of which one can take over from the other at any place of the same text
 * make a square (`\s+$`, where the search for a match is the first loop); one loop that reads the same text in
 * two ways is exponential (`(a+)+$`). A loop after which every text matches costs nothing: nothing fails.
 */
export function degreeOf(source: string, flags: string): number {
  const places = placesOf(machineOf(source, flags));
  const safe = neverFailing(places);
  const loops = loopsOf(places);
  const failing = loops.filter((loop) => !loop.every((place) => safe.has(place)));
  if (failing.some(readsInTwoWays)) return Infinity;
  const degrees = new Map<readonly Place[], number>();
  const degree = (loop: readonly Place[]): number => {
    const earlier = loops.filter((other) => other !== loop && takesOver(loop, other));
    const found = degrees.get(loop) ?? 1 + Math.max(0, ...earlier.map(degree));
    degrees.set(loop, found);
    return found;
  };
  return Math.max(1, ...failing.map(degree));
}

/** Two runs through the loop read the same text, are apart in between, and meet again. */
function readsInTwoWays(loop: readonly Place[]): boolean {
  const inside = new Set(loop);
  if (
    loop.some(({ next }) =>
      next.some((to) => to.some((one, at) => inside.has(one) && to.indexOf(one) !== at)),
    )
  )
    return true;
  const same = loop.map((place) => [place, place]);
  const apart = reached(same, [inside, inside]).filter(([a, b]) => a !== b);
  return apart.some((pair) => reached([pair], [inside, inside]).some(([a, b]) => a === b));
}

/** A text that both loops read as a whole, and that also leads from `first` to `second`. */
function takesOver(second: readonly Place[], first: readonly Place[]): boolean {
  const inFirst = new Set(first);
  const inSecond = new Set(second);
  return first.some((a) =>
    second.some(
      (b) =>
        a.before === b.before &&
        reached([[a, a, b]], [inFirst, undefined, inSecond]).some(
          ([one, two, three]) => one === a && two === b && three === b,
        ),
    ),
  );
}

type Tuple = readonly Place[];

/** Where runs that read the same text come together, each within its set of places; without the begin. */
function reached(begin: readonly Tuple[], within: readonly (ReadonlySet<Place> | undefined)[]): Tuple[] {
  const seen = new Map<string, Tuple>();
  const open = [...begin];
  for (let tuple = open.pop(); tuple; tuple = open.pop()) {
    for (const letter of tuple[0]?.next.keys() ?? []) {
      const choices = tuple.map(({ next }, run) =>
        (next[letter] ?? []).filter((to) => within[run]?.has(to) ?? true),
      );
      for (const next of product(choices)) {
        const key = next.map(({ at, before }) => `${at}${before}`).join(" ");
        if (seen.has(key)) continue;
        seen.set(key, next);
        open.push(next);
      }
    }
  }
  return [...seen.values()];
}

function product(choices: readonly Place[][]): Place[][] {
  return choices.reduce<Place[][]>(
    (all, choice) => all.flatMap((tuple) => choice.map((place) => [...tuple, place])),
    [[]],
  );
}
