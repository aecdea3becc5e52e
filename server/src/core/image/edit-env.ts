import type { Edit, Span } from "../base/text";
import { sourceSpan } from "../shell/mapped-text";
import { quotedWords } from "./arguments";
import { type EditedStage, lineAfter, replace } from "./edit-lines";
import { expand } from "./expand";
import type { Instruction } from "./image";

/** Sets a variable: where the stage already sets it or, if it does not, after the instruction `head`. */
export function setEnv(stage: EditedStage, head: Instruction, name: string, value: string): Edit[] {
  const words = variablesOf(stage);
  const word = words.findLast((each) => each.name === name);
  if (!word) return lineAfter(stage, head, `ENV ${name}=${quoted(value)}`);
  // If the same ENV sets other variables in the old form, this one keeps that form.
  const others = words.filter(({ oldForm }) => oldForm).length > 1;
  return replace(word.span, word.oldForm && others ? `${name} ${value}` : `${name}=${quoted(value)}`);
}

/**
 * Rewrites every `ENV name value` with an equals sign; undefined if there is none, or if one of them cannot be
 * rewritten.
 */
export function modernEnv(stage: EditedStage): Edit[] | undefined {
  const words = variablesOf(stage).filter(({ oldForm }) => oldForm);
  const fixed = words.map((word) => modern(stage.text, word));
  if (words.length === 0 || fixed.includes(undefined)) return undefined;
  return words.flatMap(({ span }, index) => replace(span, fixed[index] ?? ""));
}

/** Renames a variable wherever the stage sets it; undefined if the stage does not set it. */
export function renameEnv(stage: EditedStage, name: string, to: string): Edit[] | undefined {
  const words = variablesOf(stage).filter((word) => word.name === name);
  return words.length === 0 ? undefined : words.flatMap(({ nameSpan }) => replace(nameSpan, to));
}

interface EnvWord {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** The form `ENV name value`. */
  readonly oldForm: boolean;
}

function variablesOf({ own, escapeChar }: EditedStage): EnvWord[] {
  return own
    .filter(({ keyword }) => keyword === "ENV")
    .flatMap((instruction) => envWords(instruction, escapeChar));
}

/** As `name=value`, with quotes if they are needed; undefined if quoting would change the value. */
function modern(text: string, { name, nameSpan, span }: EnvWord): string | undefined {
  const value = text.slice(nameSpan.end, span.end).trim();
  if (value === "" || /["'`\\\n]/.test(value)) return undefined;
  return `${name}=${/^[\w./:@%+,=${}~-]+$/.test(value) ? value : `"${value}"`}`;
}

/** The variables that an ENV sets, each with the span of its name and that of the full assignment. */
function envWords({ body, argumentsSpan }: Instruction, escapeChar: string): EnvWord[] {
  const words = quotedWords(body, escapeChar);
  const [first] = words;
  if (!first) return [];
  if (!first.text.includes("=")) {
    const nameSpan = sourceSpan(body, first.start, first.end);
    return [{ name: first.text, nameSpan, span: argumentsSpan, oldForm: true }];
  }
  return words.flatMap(({ text, start, end }) => {
    const equals = text.indexOf("=");
    if (equals <= 0) return [];
    const nameSpan = sourceSpan(body, start, start + equals);
    const written = text.slice(0, equals);
    return [
      {
        name: expand(written, () => undefined, escapeChar) ?? written,
        nameSpan,
        span: sourceSpan(body, start, end),
        oldForm: false,
      },
    ];
  });
}

/** A value in the syntax of ENV, without quotes if possible. */
function quoted(value: string): string {
  return /^[\w./:@%+,-]*$/.test(value) ? value : `"${value.replace(/[\\"$]/g, "\\$&")}"`;
}
