import { lineAt, lineEnd, type Span } from "../base/text";
import type { Command, Dockerfile, Instruction, RunInstruction } from "../image/image";
import { isInitPath } from "../image/init";
import { programOf } from "../image/programs";
import { type Place, wordAt } from "./topic";
import type { FileView } from "./view";

/** The topic of the systemd-related word at an offset of a Dockerfile. */
export function dockerfilePlace(view: FileView, offset: number): Place | undefined {
  const { file, text } = view;
  const { dockerfile } = file;
  if (!dockerfile) return undefined;
  const instruction = instructionAt(dockerfile, offset);
  if (!instruction) return emptyLine(dockerfile, offset);
  const { stage, keyword, keywordSpan } = instruction;
  if (keyword === "FROM") return ofBase(instruction, offset, text);
  if (offset <= keywordSpan.end)
    return keyword === text.slice(instruction.span.start, instruction.span.end).toUpperCase()
      ? { topic: "instruction", span: keywordSpan, stage }
      : undefined;
  const place =
    keyword === "RUN"
      ? ofRun(
          view.image(stage)?.image.runs.find(({ index }) => index === instruction.index),
          offset,
          text,
        )
      : readers[keyword]?.(instruction, offset, text);
  return place && { ...place, stage };
}

/** The image in a FROM instruction. */
function ofBase({ span, stage }: Instruction, offset: number, text: string): Place | undefined {
  const [lead = "", reference = ""] =
    /^from\s+(?:--\S+\s+)*(?=(\S+))/i.exec(text.slice(span.start, span.end)) ?? [];
  const start = span.start + lead.length;
  const named = { start, end: start + reference.length };
  return lead !== "" && start <= offset && offset <= named.end
    ? { topic: "base", span: named, stage }
    : undefined;
}

type Reader = (instruction: Instruction, offset: number, text: string) => Place | undefined;

const readers: Readonly<Record<string, Reader>> = {
  STOPSIGNAL: ({ keywordSpan }, offset, text) => ({
    topic: "stop-signal",
    span: wordAt(text, offset, /[\s"']/, { start: keywordSpan.end, end: lineAt(text, offset).end }),
  }),
  ENV: ofVariables,
  CMD: ofProgram,
  ENTRYPOINT: ofProgram,
};

/** The instruction that contains an offset, or that ends before it on the same line. */
function instructionAt(dockerfile: Dockerfile, offset: number): Instruction | undefined {
  const { instructions, text } = dockerfile;
  const found = instructions.findLast(({ span }) => span.start <= offset);
  if (!found || offset <= found.span.end) return found;
  const rest = text.slice(found.span.end, offset);
  const isOpen = text[found.span.end - 1] === dockerfile.escape;
  return /\S/.test(rest) || (rest.includes("\n") && !isOpen) ? undefined : found;
}

/** An empty line on which an instruction can begin. */
function emptyLine({ instructions, text }: Dockerfile, offset: number): Place | undefined {
  const { start } = lineAt(text, offset);
  const before = instructions.findLast(({ span }) => span.start < offset);
  if (!before || before.stage < 0 || text.slice(start, lineEnd(text, offset)).trim() !== "") return undefined;
  return { topic: "instruction", span: { start: offset, end: offset }, stage: before.stage };
}

function ofVariables({ keywordSpan }: Instruction, offset: number, text: string): Place | undefined {
  const within = { start: keywordSpan.end, end: lineAt(text, offset).end };
  const span = wordAt(text, offset, /[\s"'=]/, within);
  const before = text.slice(keywordSpan.end, span.start);
  if (/[\s]container(=|[ \t]+)["']?$/.test(before)) return { topic: "container-value", span };
  return /=["']?$|["'][^\s"']*$/.test(before) ? undefined : { topic: "variable", span };
}

/** What separates the words of CMD and ENTRYPOINT, in both forms. */
const delimiters = /[\s"',[\]]/;

/** The arguments of systemd in CMD or ENTRYPOINT. */
function ofProgram({ argumentsSpan, keywordSpan }: Instruction, offset: number, text: string) {
  const within = { start: keywordSpan.end, end: Math.max(argumentsSpan.end, offset) };
  const span = wordAt(text, offset, delimiters, within);
  const before = text.slice(within.start, span.start);
  const isList = /^\s*\[/.test(before);
  const isQuoted = /["']/.test(text[span.start - 1] ?? "");
  const place = argumentPlace(text, offset, span, before);
  return place && { ...place, unquoted: isList && !isQuoted };
}

/** An argument of a program, which may be systemd: a word that begins with dashes, or the value of `--unit`. */
export function argumentPlace(text: string, offset: number, span: Span, before: string): Place | undefined {
  const word = text.slice(span.start, span.end);
  const value = span.start + (/^(--unit|systemd\.unit)=/.exec(word)?.[0].length ?? 0);
  if (value > span.start && value <= offset)
    return { topic: "boot-target", span: { start: value, end: span.end } };
  const words = before.split(delimiters).filter((each) => each !== "");
  if (words.at(-1) === "--unit") return { topic: "boot-target", span };
  return /^(-|$)/.test(word) ? { topic: "argument", span, isBehindInit: words.some(isInitPath) } : undefined;
}

/** The words that follow `systemctl` in a build step. */
function ofRun(run: RunInstruction | undefined, offset: number, text: string): Place | undefined {
  const command = run?.commands
    .filter(({ span }) => span.start <= offset)
    .reduce<Command | undefined>(
      (last, each) => (last && last.span.start > each.span.start ? last : each),
      undefined,
    );
  if (!command || programOf(command) !== "systemctl") return undefined;
  const at = placeInWords(command, offset, text);
  if (!at || command.words.some((word) => word === "--user" || word === "--global")) return undefined;
  const [verb, ...operands] = command.words.slice(1, at.index).filter((word) => !word?.startsWith("-"));
  const { span } = at;
  if (text[span.start] === "-") return undefined;
  if (verb === undefined) return at.index > 0 ? { topic: "verb", span } : undefined;
  if (verb === "set-default") return operands.length === 0 ? { topic: "boot-target", span, verb } : undefined;
  if (/^add-(wants|requires)$/.test(verb) && operands.length === 0)
    return { topic: "boot-target", span, verb };
  return /^(enable|reenable|disable|mask|unmask|add-wants|add-requires)$/.test(verb)
    ? { topic: "unit", span, verb }
    : undefined;
}

/** The word of a command at an offset, or the place where its next word can go. */
function placeInWords({ wordSpans }: Command, offset: number, text: string) {
  const index = wordSpans.findIndex(({ start, end }) => start <= offset && offset <= end);
  const word = wordSpans[index];
  if (word) {
    const span = withoutQuotes(text, word);
    return span.start <= offset && offset <= span.end ? { index, span } : undefined;
  }
  const before = wordSpans.findLastIndex(({ end }) => end < offset);
  const gap = text.slice(wordSpans[before]?.end, offset);
  return before >= 0 && /^(?:[ \t]|[\\`][ \t]*\r?\n)*$/.test(gap)
    ? { index: before + 1, span: { start: offset, end: offset } }
    : undefined;
}

function withoutQuotes(text: string, { start, end }: Span): Span {
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return { start, end };
  return { start: start + 1, end: end - 1 > start && text[end - 1] === quote ? end - 1 : end };
}
