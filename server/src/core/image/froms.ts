import { plainWords, readFlags } from "./arguments";
import { expand } from "./expand";
import type { Instruction } from "./image";

/** What the FROM of a stage says. */
export interface From {
  /** The image reference or stage name after expansion; undefined when it can't be known. */
  readonly reference: string | undefined;
  readonly name: string | undefined;
  /** The earlier stage that it is built FROM; undefined when it is an image. */
  readonly parent: number | undefined;
}

/** What each FROM of a file names, in order. `global` are the build arguments before the first one. */
export function readFroms(
  froms: readonly Instruction[],
  escapeChar: string,
  global: ReadonlyMap<string, string | undefined>,
): readonly From[] {
  const names = new Map<string, number>();
  return froms.map(({ body }, index) => {
    const { rest } = readFlags(body, escapeChar);
    const [image, as, alias] = plainWords(body, rest);
    const reference = image && referenceOf(image.value, global, escapeChar);
    const parent = reference === undefined ? undefined : names.get(reference.toLowerCase());
    const name = as?.value.toLowerCase() === "as" ? alias?.value.toLowerCase() : undefined;
    if (name !== undefined) names.set(name, index);
    return { reference, name, parent };
  });
}

/** A build argument without a default is empty unless it is given; what is no reference then hangs on it. */
function referenceOf(
  written: string,
  global: ReadonlyMap<string, string | undefined>,
  escapeChar: string,
): string | undefined {
  const reference = expand(
    written,
    (name) => (global.has(name) ? (global.get(name) ?? "") : undefined),
    escapeChar,
  );
  return reference && /^\w([\w./:@-]*\w)?$/.test(reference) && !/[/:@]{2}/.test(reference)
    ? reference
    : undefined;
}
