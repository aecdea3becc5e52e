import fc from "fast-check";
import type { Case } from "./case";
import { cases } from "./mutate";
import { type Broken, check, type Property, propertiesOf } from "./properties";
import { shrink } from "./shrink";

/** Inputs are made this many at a time, each batch from a separate seed: any of them can be made again. */
const batchSize = 100;

/** One input of so many goes through all properties, the others through the cheap ones. */
const thoroughEvery = 4;

/** A property that does not hold, with the shortest input that was found. */
export interface Finding extends Broken {
  readonly input: Case;
}

/** The inputs of a batch: the same for the same seeds, seed and number. */
export function batchOf(seeds: readonly Case[], seed: number, batch: number): Case[] {
  return fc.sample(cases(seeds), { seed: seed * 1_000_003 + batch, numRuns: batchSize });
}

export function isThorough(index: number): boolean {
  return index % thoroughEvery === 0;
}

/** Checks an input; what does not hold and is not known yet is shrunk. `alive` is called at every try. */
export function findings(
  input: Case,
  thorough: boolean,
  known: ReadonlySet<string> = new Set(),
  alive: () => void = () => {},
): Finding[] {
  const properties = propertiesOf(input, thorough);
  return check(input, properties)
    .filter(({ property }) => !known.has(property))
    .map((broken) => shrunk(input, broken, properties, alive));
}

function shrunk(input: Case, broken: Broken, properties: readonly Property[], alive: () => void): Finding {
  const same = (candidate: Case, asked: readonly Property[]) =>
    check(candidate, asked).find(({ property }) => property === broken.property);
  // Only the property that told it is asked again; one that throws may be any.
  const told = properties.filter((property) => same(input, [property])).slice(0, 1);
  const asked = told.length > 0 ? told : properties;
  const small = shrink(input, (candidate) => {
    alive();
    return same(candidate, asked) !== undefined;
  });
  return { ...broken, ...same(small, asked), input: small };
}
