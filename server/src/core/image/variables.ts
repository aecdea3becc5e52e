import type { Layered } from "../base/layered";
import { type Budget, spend } from "../base/limits";
import { sourceSpan } from "../shell/mapped-text";
import { quotedWords } from "./arguments";
import { expand, type Lookup } from "./expand";
import type { Instruction, Variable } from "./image";

/**
 * Declares an ARG. Its value is its default, else that of the ARG with the same name before the first FROM, else
 * unknown.
 */
export function declare(
  instruction: Instruction,
  escapeChar: string,
  args: Pick<Layered<string | undefined>, "get" | "set">,
  global: ReadonlyMap<string, string | undefined>,
  lookup: Lookup,
): void {
  for (const { text } of quotedWords(instruction.body, escapeChar)) {
    const equals = text.indexOf("=");
    if (equals === -1) args.set(text, global.get(text) ?? args.get(text));
    else args.set(text.slice(0, equals), expand(text.slice(equals + 1), lookup, escapeChar));
  }
}

/** Reads an ENV in either form. Variables of one instruction cannot refer to each other. */
export function readEnv(instruction: Instruction, escapeChar: string, lookup: Lookup): [string, Variable][] {
  const { body } = instruction;
  const words = quotedWords(body, escapeChar);
  const [first] = words;
  if (!first) return [];
  if (!first.text.includes("=")) {
    const written = body.text.slice(first.end).trim();
    if (written === "") return [];
    const variable = {
      value: expand(written, lookup, escapeChar),
      span: instruction.argumentsSpan,
      nameSpan: sourceSpan(body, first.start, first.end),
      legacyForm: true,
      instruction,
    };
    return [[first.text, variable]];
  }
  return words.flatMap(({ text, start, end }): [string, Variable][] => {
    const equals = text.indexOf("=");
    if (equals <= 0) return [];
    const name = expand(text.slice(0, equals), lookup, escapeChar) ?? text.slice(0, equals);
    const variable = {
      value: expand(text.slice(equals + 1), lookup, escapeChar),
      span: sourceSpan(body, start, end),
      nameSpan: sourceSpan(body, start, start + equals),
      instruction,
    };
    return [[name, variable]];
  });
}

/** A view of the variables for the next steps, unaffected by anything set after those. */
export function variablesOf({
  args,
  env,
}: {
  readonly args: Layered<string | undefined>;
  readonly env: Layered<Variable>;
}): { get(name: string): string | undefined } {
  const [given, set] = [args.copy(), env.copy()];
  return { get: (name) => (set.has(name) ? set.get(name)?.value : given.get(name)) };
}

/** Returns values as long as the budget of the file is not used up. */
export function within(budget: Budget, lookup: Lookup): Lookup {
  return (name) => {
    const value = lookup(name);
    return value !== undefined && spend(budget, value.length) ? value : undefined;
  };
}
