import { flags, flagsIn, type GivenFlag, isKnownFlag, readFlag } from "../container/flags";
import type { SpecPlace } from "../container/source";
import {
  applySteps,
  bareSpec,
  type ContainerSpec,
  identity,
  type SpecChange,
  sameItem,
} from "../container/spec";

/** A flag among words, with the settings that result from it alone. */
interface PlacedFlag extends GivenFlag {
  readonly sets: ContainerSpec;
}

/** Flags of `docker run` and `podman run` in the form of words in a file. */
export interface FlagWords {
  readonly flags: readonly PlacedFlag[];
  /** The index of the first word after them. */
  readonly end: number;
}

/** How to change words: what replaces some of them, and what to add after the flags. */
export interface WordChanges {
  /** Keyed by the index of the first word of each flag that is replaced, with the number of its words. */
  readonly replaced: ReadonlyMap<number, { readonly count: number; readonly by: readonly string[] }>;
  readonly added: readonly string[];
}

/** Reads the flags at the start of a list of words. */
export function readFlagWords(words: readonly string[]): FlagWords {
  const { given, end } = flagsIn(words);
  return { flags: given.map((flag) => ({ ...flag, sets: readFlag(bareSpec, flag.name, flag.value) })), end };
}

/** systemd options that are spelled like flags of the engines. */
const alsoSystemd: ReadonlySet<string> = new Set(["--user", "-h"]);

/** Reads the flags among words from index `first` on, as long as they are certainly flags of an engine. */
export function readFlagsBehind(words: readonly string[], first: number): FlagWords {
  const { flags: all, end } = readFlagWords(words.slice(first));
  const other = all.find((flag) => !isKnownFlag(flag) || alsoSystemd.has(flag.name));
  const stop = other?.from ?? end;
  const known = all.filter(({ from }) => from < stop);
  return {
    flags: known.map((flag) => ({ ...flag, from: flag.from + first, to: flag.to + first })),
    end: first + stop,
  };
}

/**
 * The flag that sets a value, with its words from `from` up to but not including `to`; the last one if there are
 * several.
 */
export function placeInWords({ flags: all }: FlagWords, place: SpecPlace): PlacedFlag | undefined {
  return all.findLast(({ sets }) => isAt(sets, place));
}

function isAt(sets: ContainerSpec, place: SpecPlace): boolean {
  if ("variable" in place) return Object.hasOwn(sets.environment, place.variable);
  const value = sets[place.key];
  if (!Array.isArray(value)) return value !== undefined;
  return "item" in place ? value.some((item) => sameItem(item, place.item)) : value.length > 0;
}

/** The changes that apply steps to words that are flags; undefined if flags cannot express them. */
export function changeWords(
  { flags: all }: FlagWords,
  steps: readonly SpecChange[],
): WordChanges | undefined {
  const gone = new Map<number, { count: number; by: readonly string[] }>();
  const added: string[] = [];
  for (const step of steps) {
    if ("key" in step && (step.key === "command" || step.key === "entrypoint")) return undefined;
    const old = all.filter(({ sets }) => isChanged(sets, step));
    // A letter in a group of short flags cannot be removed alone.
    if (old.some((flag) => all.some((other) => other !== flag && other.from === flag.from))) return undefined;
    const by = step.do === "drop" || step.do === "unset" || step.do === "unsetEnv" ? [] : wordsOf(step);
    // If a value is set several times, the last one applies.
    const standing = step.do === "add" ? old : old.slice(-1);
    if (by.length > 0 && standing.some(({ sets }) => sameItem(sets, applySteps(bareSpec, [step])))) continue;
    const emptied = old.find(({ from }) => gone.get(from)?.by.length === 0);
    if (emptied && by.length > 0) {
      gone.set(emptied.from, { count: emptied.to - emptied.from, by: asGiven(emptied, by) });
      continue;
    }
    const [first, ...others] = old.filter(({ from }) => !gone.has(from));
    for (const { from, to } of others) gone.set(from, { count: to - from, by: [] });
    if (first) gone.set(first.from, { count: first.to - first.from, by: asGiven(first, by) });
    else added.push(...by);
  }
  return { replaced: gone, added };
}

function isChanged(sets: ContainerSpec, step: SpecChange): boolean {
  switch (step.do) {
    case "setEnv":
    case "unsetEnv":
      return Object.hasOwn(sets.environment, step.name);
    case "set":
    case "unset":
      return isAt(sets, { key: step.key });
    case "drop":
      return isAt(sets, { key: step.key, item: step.value });
    case "add":
      return (sets[step.key] as readonly unknown[]).some((item) => identity(item) === identity(step.value));
  }
}

function wordsOf(step: SpecChange): string[] {
  return flags(applySteps(bareSpec, [step]));
}

/** The words of a flag, spelled like another flag: `--volume=A:B` or `-v A:B`. */
function asGiven({ name, from, to }: PlacedFlag, words: readonly string[]): readonly string[] {
  const [flag = "", second] = words;
  const value = second ?? /=(.*)/s.exec(flag)?.[1];
  if (value === undefined) return words;
  const wanted = readFlag(bareSpec, flag.replace(/=.*/s, ""), value);
  if (!sameItem(readFlag(bareSpec, name, value), wanted)) return words;
  if (to - from > 1) return [name, value];
  return [name.startsWith("--") ? `${name}=${value}` : `${name}${value}`];
}
