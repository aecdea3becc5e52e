import { type Budget, longestValue } from "../base/limits";

/**
 * The value of a variable: a text, each of several texts in turn (a loop variable), the first of several
 * texts of which a condition chooses one, an array, or unknown.
 */
export type Value =
  | string
  | undefined
  | { readonly each: readonly string[] }
  | { readonly first: string }
  | { readonly array: readonly string[] };

/** Variables and positional parameters as a script has them at one point. */
export interface Scope {
  readonly variables: Variables;
  /** `$@`; undefined when not known. */
  positional: readonly (string | undefined)[] | undefined;
  /** What variables and lists may still add to the words of the file. */
  readonly budget: Budget;
}

interface Variables {
  get(name: string): Value;
  set(name: string, value: Value): void;
}

/** Variables that begin as others are and change alone: nothing is copied. */
export function variablesOver(outer: { get(name: string): Value }): Variables {
  const own = new Map<string, Value>();
  return {
    get: (name) => (own.has(name) ? own.get(name) : outer.get(name)),
    set: (name, value) => {
      own.set(name, value);
    },
  };
}

/** The scope of a subshell: what it sets ends with it. */
export function inner(scope: Scope): Scope {
  return { ...scope, variables: variablesOver(scope.variables) };
}

/** A value that is too long to be worked with is not known. */
export function bounded(value: Value): Value {
  if (typeof value === "object" && "array" in value && value.array.length > longestValue) return undefined;
  return typeof value === "string" && value.length > longestValue ? undefined : value;
}
