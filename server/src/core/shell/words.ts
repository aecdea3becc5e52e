import type { DoubleQuotedChild, Word, WordPart } from "unbash";
import { mostAlternatives, spend } from "../base/limits";
import type { Span } from "../base/text";
import { joinTexts, type MappedText, replacement, sliceText, sourceSpan } from "./mapped-text";
import { applyOperator } from "./parameter";
import type { Scope, Value } from "./scope";

/** One argument after expansion and field splitting; `word` is the word from which it comes. */
export interface Field {
  readonly value: string | undefined;
  readonly span: Span;
  readonly word: Word;
}

/** Marks an unknown part of a string; a private-use character that no script contains on purpose. */
export const unknown = "\uE000";

type Part = { readonly text: string; readonly splits?: boolean } | { readonly each: readonly string[] };

/** The fields that result from a word: none for an empty unquoted variable, several for lists and braces. */
export function fieldsOf(word: Word, source: MappedText, scope: Scope): Field[] {
  const span = sourceSpan(source, word.pos, word.end);
  if (!word.parts) return [{ value: known(word.value), span, word }];
  const whole = wholeList(word, scope);
  if (whole) return whole.map((value) => ({ value, span, word }));
  let lists: Cell[][] = [[{ text: "", quoted: false }]];
  for (const part of word.parts) {
    const read = readPart(part, scope);
    if ("each" in read) {
      lists = multiplied(lists, read.each);
      if (!spend(scope.budget, lists.length * (lists[0]?.length ?? 0)))
        return [{ value: undefined, span, word }];
    } else if (read.splits && /\s/.test(read.text)) {
      for (const list of lists) appendSplit(list, read.text);
    } else {
      for (const list of lists) append(list, read.text, !read.splits);
    }
  }
  const cells = lists.flat().filter(({ text, quoted }) => text !== "" || quoted);
  const added = cells.reduce((sum, { text }) => sum + text.length, -word.text.length);
  if (added > 0 && !spend(scope.budget, added)) return [{ value: undefined, span, word }];
  return cells.map(({ text }) => ({ value: known(text), span, word }));
}

/** The value of a word that is not split, as in an assignment or a redirection. */
export function unsplit(word: Word, scope: Scope): string | undefined {
  return known(textOf(word, scope));
}

/** The first possible value of a word that is a variable set under a condition: `exec $init`. */
export function eitherOf(word: Word, scope: Scope): string | undefined {
  const [part, ...others] = word.parts ?? [];
  const inner = part?.type === "DoubleQuoted" && part.parts.length === 1 ? part.parts[0] : part;
  if (!inner || others.length > 0) return undefined;
  const plain = inner.type === "ParameterExpansion" && !inner.operation && !inner.prefix && !inner.index;
  const name = inner.type === "SimpleExpansion" ? inner.text.slice(1) : plain ? inner.parameter : undefined;
  const value = name === undefined ? undefined : variable(name, scope);
  return typeof value === "object" && "first" in value ? value.first : undefined;
}

/** A part of a value, and the offset and length of its source text. */
interface Copy {
  readonly text: string;
  readonly at: number;
  readonly length: number;
}

/**
 * The positions in the source text of a value's lines, and of the characters after a backslash; undefined if the
 * value is written in another way. A backslash before a line ending removes both.
 */
function copiesIn(value: string, written: string): Copy[] | undefined {
  const found: Copy[] = [];
  let at = 0;
  let done = 0;
  for (const [piece] of written.matchAll(/\\\r?\n|\\[\s\S]|[^\\\n]+|\n/g)) {
    const text = value.startsWith(piece, done) ? piece : /^\\\r?\n$/.test(piece) ? "" : piece.slice(1);
    if (!value.startsWith(text, done)) return undefined;
    if (text !== "") found.push({ text, at, length: piece.length });
    at += piece.length;
    done += text.length;
  }
  return done === value.length && at === written.length ? found : undefined;
}

/**
 * A word as a separate script with source positions, for `sh -c '…'`. A word with an unknown part becomes unknown.
 */
export function scriptOf(word: Word, source: MappedText, scope: Scope): MappedText {
  const parts: MappedText[] = [];
  const replace = (text: string, pos: number, end: number) =>
    parts.push(replacement(text, sourceSpan(source, pos, end)));
  const add = (value: string, written: string, pos: number, end: number) => {
    const copies = copiesIn(value, written);
    if (!copies) replace(value, pos, end);
    for (const { text, at, length } of copies ?? []) {
      const [from, to] = [pos + at, pos + at + length];
      if (text.length === length) parts.push(sliceText(source, from, to));
      else replace(text, from, to);
    }
  };
  const visit = (part: WordPart | DoubleQuotedChild) => {
    if (part.type === "Literal") add(part.value, part.text, part.pos, part.end);
    else if (part.type === "SingleQuoted")
      add(part.value, part.text.slice(1, -1), part.pos + 1, part.end - 1);
    else if (part.type === "DoubleQuoted") for (const child of part.parts) visit(child);
    else {
      const read = readPart(part, scope);
      add("each" in read ? read.each.join(" ") : read.text, "", part.pos, part.end);
    }
  };
  if (word.parts) for (const part of word.parts) visit(part);
  else add(word.value, word.text, word.pos, word.end);
  return joinTexts(parts);
}

/**
 * The text, or undefined if it contains the mark of an unknown part. A literal of a nested script may also contain
 * it.
 */
function known(text: string): string | undefined {
  return text.includes(unknown) ? undefined : text;
}

function textOf(word: Word, scope: Scope): string {
  if (!word.parts) return word.value;
  let text = "";
  for (const part of word.parts) {
    const read = readPart(part, scope);
    text += "each" in read ? unknown : read.text;
  }
  return text;
}

type Cell = { text: string; quoted: boolean };

function append(list: Cell[], text: string, quoted: boolean): void {
  const last = list.pop() ?? { text: "", quoted: false };
  list.push({ text: last.text + text, quoted: last.quoted || quoted });
}

function appendSplit(list: Cell[], text: string): void {
  const [first = "", ...others] = text.split(/\s+/);
  append(list, first, false);
  for (const other of others) list.push({ text: other, quoted: false });
}

/** Every list combined with every string, up to the limit. */
function multiplied(lists: readonly Cell[][], each: readonly string[]): Cell[][] {
  const texts = each.slice(0, mostAlternatives);
  const before = lists.slice(0, Math.ceil(mostAlternatives / Math.max(1, texts.length)));
  const all = before.flatMap((list) =>
    texts.map((text) => {
      const copy = [...list];
      append(copy, text, true);
      return copy;
    }),
  );
  return all.slice(0, mostAlternatives);
}

/** Returns one field per item for a word that consists only of `"$@"`, `$@` or `"${list[@]}"`. */
function wholeList(word: Word, scope: Scope): readonly (string | undefined)[] | undefined {
  const [part, ...others] = word.parts ?? [];
  if (!part || others.length > 0) return undefined;
  const inner = part.type === "DoubleQuoted" && part.parts.length === 1 ? part.parts[0] : part;
  if (inner?.type === "SimpleExpansion" && /^\$[@*]$/.test(inner.text))
    return affordable(scope.positional, scope);
  if (inner?.type !== "ParameterExpansion" || inner.operation || inner.prefix) return undefined;
  if (/^[@*]$/.test(inner.parameter)) return affordable(scope.positional, scope);
  const value = scope.variables.get(inner.parameter);
  return typeof value === "object" && "array" in value && /^[@*]$/.test(inner.index?.value ?? "")
    ? affordable(value.array, scope)
    : undefined;
}

/** The list, unless the budget is used up. */
function affordable<T extends string | undefined>(
  list: readonly T[] | undefined,
  { budget }: Scope,
): readonly T[] | undefined {
  return list && budget.left >= 0 && spend(budget, sizeOf(list)) ? list : undefined;
}

function sizeOf(list: readonly (string | undefined)[]): number {
  return list.reduce((sum, text) => sum + 1 + (text?.length ?? 0), 0);
}

function readPart(part: WordPart | DoubleQuotedChild, scope: Scope): Part {
  switch (part.type) {
    case "Literal":
    case "Glob":
    case "SingleQuoted":
    case "AnsiCQuoted":
      return { text: part.value };
    case "ExtendedGlob":
      return { text: part.text };
    case "DoubleQuoted":
    case "LocaleString":
      return readQuoted(part.parts, scope);
    case "SimpleExpansion":
      return asPart(variable(part.text.slice(1), scope));
    case "ParameterExpansion": {
      const { operation, parameter } = part;
      if (part.prefix || part.index) return { text: unknown };
      const value = variable(parameter, scope);
      if (!operation) return asPart(value);
      if (typeof value === "object" || !("operand" in operation) || !operation.operand)
        return { text: unknown };
      const { operand, operator } = operation;
      return asPart(applyOperator(value, operator, () => known(textOf(operand, scope))));
    }
    case "BraceExpansion":
      return /^\{[^{}"'$\\]*\}$/.test(part.text) && part.text.includes(",")
        ? { each: part.text.slice(1, -1).split(",") }
        : { text: part.text };
    default:
      return { text: unknown };
  }
}

function readQuoted(children: readonly DoubleQuotedChild[], scope: Scope): Part {
  let text = "";
  for (const child of children) {
    const read = readPart(child, scope);
    if ("each" in read) {
      if (children.length === 1) return read;
      return { text: unknown };
    }
    text += read.text;
  }
  return { text };
}

function asPart(value: Value): Part {
  if (value === undefined) return { text: unknown };
  if (typeof value === "string") return { text: value, splits: true };
  if ("first" in value) return { text: unknown };
  return "each" in value ? value : { text: value.array[0] ?? "", splits: true };
}

function variable(name: string, scope: Scope): Value {
  if (scope.budget.left < 0) return undefined;
  const value = /^[1-9][0-9]*$/.test(name) ? scope.positional?.[Number(name) - 1] : scope.variables.get(name);
  return spend(scope.budget, valueSize(value)) ? value : undefined;
}

/** The number of characters that a variable inserts. */
function valueSize(value: Value): number {
  if (typeof value === "string") return value.length;
  if (value && "each" in value) return sizeOf(value.each);
  return value && "array" in value ? (value.array[0]?.length ?? 0) : 0;
}
