import { type Budget, longestValue } from "../base/limits";

/**
 * The value of a variable: a string, each of several strings in turn (a loop variable), the first of several strings
 * if a condition selects one of them, an array, or unknown.
 */
export type Value =
  | string
  | undefined
  | { readonly each: readonly string[] }
  | { readonly first: string }
  | { readonly array: readonly string[] };

/** The variables and positional parameters at one point of a script. */
export interface Scope {
  readonly variables: Variables;
  /** `$@`; undefined if unknown. */
  positional: readonly (string | undefined)[] | undefined;
  /** The number of characters that variables and lists may still add to the words of the file. */
  readonly budget: Budget;
}

interface Variables {
  get(name: string): Value;
  set(name: string, value: Value): void;
}

/** Variables that start as a view of other variables and change independently, without copying. */
export function variablesOver(outer: { get(name: string): Value }): Variables {
  const own = new Map<string, Value>();
  return {
    get: (name) => (own.has(name) ? own.get(name) : outer.get(name)),
    set: (name, value) => {
      own.set(name, value);
    },
  };
}

/** The scope of a subshell, whose assignments are discarded when it ends. */
export function inner(scope: Scope): Scope {
  return { ...scope, variables: variablesOver(scope.variables) };
}

/** Treats a value that is too long to process as unknown. */
export function bounded(value: Value): Value {
  if (typeof value === "object" && "array" in value && value.array.length > longestValue) return undefined;
  return typeof value === "string" && value.length > longestValue ? undefined : value;
}
