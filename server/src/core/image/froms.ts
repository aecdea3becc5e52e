import { plainWords, readFlags } from "./arguments";
import { expand, type Lookup } from "./expand";
import type { Instruction } from "./image";

/** The arguments of a stage's FROM. */
export interface From {
  /** The image reference or stage name after expansion; undefined if it is unknown. */
  readonly reference: string | undefined;
  readonly name: string | undefined;
  /** The earlier stage that is its base; undefined if the base is an image. */
  readonly parent: number | undefined;
}

/**
 * The base of each FROM in a file, first to last. `lookup` returns the build arguments declared before the first
 * FROM.
 */
export function readFroms(
  froms: readonly Instruction[],
  escapeChar: string,
  lookup: Lookup,
): readonly From[] {
  const names = new Map<string, number>();
  return froms.map(({ body }, index) => {
    const { rest } = readFlags(body, escapeChar);
    const [image, as, alias] = plainWords(body, rest);
    const reference = image && referenceOf(image.value, lookup, escapeChar);
    const parent = reference === undefined ? undefined : names.get(reference.toLowerCase());
    const name = as?.value.toLowerCase() === "as" ? alias?.value.toLowerCase() : undefined;
    if (name !== undefined) names.set(name, index);
    return { reference, name, parent };
  });
}

function referenceOf(written: string, lookup: Lookup, escapeChar: string): string | undefined {
  const reference = expand(written, lookup, escapeChar);
  return reference && /^\w([\w./:@-]*\w)?$/.test(reference) && !/[/:@]{2}/.test(reference)
    ? reference
    : undefined;
}
