import type { DoubleQuotedChild, Word, WordPart } from "unbash";
import type { Span } from "../text";
import { type MappedText, sourceSpan, textBuilder } from "./mapped-text";
import { applyOperator } from "./parameter";

/**
 * What a variable holds: a text, each of several texts in turn (a loop variable), one of several texts (which, a
 * condition decides), an array, or nothing that is known.
 */
export type Value =
  | string
  | undefined
  | { readonly each: readonly string[] }
  | { readonly either: readonly string[] }
  | { readonly array: readonly string[] };

/** Variables and positional parameters as a script has them at one point. */
export interface Scope {
  readonly variables: Map<string, Value>;
  /** `$@`; undefined when not known. */
  positional: readonly (string | undefined)[] | undefined;
}

/** One argument after expansion and field splitting; `word` is where it was written. */
export interface Field {
  readonly value: string | undefined;
  readonly span: Span;
  readonly word: Word;
}

/** Stands in a text for a part that is not known; a private-use character that no script contains on purpose. */
const unknown = "\uE000";

/** A loop over braces and lists multiplies; more results than this are cut. */
const manyAlternatives = 256;

type Part = { readonly text: string; readonly splits?: boolean } | { readonly each: readonly string[] };

/** The fields that a word becomes: none for an empty unquoted variable, several for lists and braces. */
export function fieldsOf(word: Word, source: MappedText, scope: Scope): Field[] {
  const span = sourceSpan(source, word.pos, word.end);
  if (!word.parts) return [{ value: known(word.value), span, word }];
  const whole = wholeList(word, scope);
  if (whole) return whole.map((value) => ({ value, span, word }));
  let fields: { text: string; quoted: boolean }[][] = [[{ text: "", quoted: false }]];
  for (const part of word.parts) {
    const read = readPart(part, scope);
    if ("each" in read) {
      fields = fields.flatMap((list) => read.each.map((text) => append(list, text, true)));
      fields = fields.slice(0, manyAlternatives);
    } else if (read.splits && /\s/.test(read.text)) {
      fields = fields.map((list) => appendSplit(list, read.text));
    } else {
      fields = fields.map((list) => append(list, read.text, !read.splits));
    }
  }
  return fields
    .flat()
    .filter(({ text, quoted }) => text !== "" || quoted)
    .map(({ text }) => ({ value: known(text), span, word }));
}

/** The value of a word that is not split: of an assignment, of a redirection. */
export function unsplit(word: Word, scope: Scope): string | undefined {
  return known(textOf(word, scope));
}

/** The first of the texts that a word may be, where it is a variable that a condition chose: `exec $init`. */
export function eitherOf(word: Word, scope: Scope): string | undefined {
  const [part, ...others] = word.parts ?? [];
  const inner = part?.type === "DoubleQuoted" && part.parts.length === 1 ? part.parts[0] : part;
  if (!inner || others.length > 0) return undefined;
  const plain = inner.type === "ParameterExpansion" && !inner.operation && !inner.prefix && !inner.index;
  const name = inner.type === "SimpleExpansion" ? inner.text.slice(1) : plain ? inner.parameter : undefined;
  const value = name === undefined ? undefined : variable(name, scope);
  return typeof value === "object" && "either" in value ? value.either[0] : undefined;
}

/** A word as a script of its own, with places: for `sh -c '…'`. Parts that are not known make their words unknown. */
export function scriptOf(word: Word, source: MappedText, scope: Scope): MappedText {
  const builder = textBuilder();
  const add = (value: string, written: string, pos: number, end: number) => {
    if (value === written) {
      for (let at = 0; at < value.length; ) {
        const next = value.indexOf("\n", at) + 1 || value.length;
        builder.copy(value.slice(at, next), sourceSpan(source, pos + at, pos + next).start);
        at = next;
      }
    } else builder.replace(value, sourceSpan(source, pos, end));
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
  return builder.build();
}

/** A literal of a nested script may hold the mark of an unknown part. */
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

function append(list: readonly Cell[], text: string, quoted: boolean): Cell[] {
  const last = list.at(-1) ?? { text: "", quoted: false };
  return [...list.slice(0, -1), { text: last.text + text, quoted: last.quoted || quoted }];
}

function appendSplit(list: readonly Cell[], text: string): Cell[] {
  const [first = "", ...others] = text.split(/\s+/);
  return [...append(list, first, false), ...others.map((other) => ({ text: other, quoted: false }))];
}

/** `"$@"`, `$@` or `"${list[@]}"` alone: a field for each. */
function wholeList(word: Word, scope: Scope): readonly (string | undefined)[] | undefined {
  const [part, ...others] = word.parts ?? [];
  if (!part || others.length > 0) return undefined;
  const inner = part.type === "DoubleQuoted" && part.parts.length === 1 ? part.parts[0] : part;
  if (inner?.type === "SimpleExpansion" && /^\$[@*]$/.test(inner.text)) return scope.positional;
  if (inner?.type !== "ParameterExpansion" || inner.operation || inner.prefix) return undefined;
  if (/^[@*]$/.test(inner.parameter)) return scope.positional;
  const value = scope.variables.get(inner.parameter);
  return typeof value === "object" && "array" in value && /^[@*]$/.test(inner.index?.value ?? "")
    ? value.array
    : undefined;
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
  if ("either" in value) return { text: unknown };
  return "each" in value ? value : { text: value.array[0] ?? "", splits: true };
}

function variable(name: string, scope: Scope): Value {
  if (/^[1-9][0-9]*$/.test(name)) return scope.positional?.[Number(name) - 1];
  return scope.variables.get(name);
}
