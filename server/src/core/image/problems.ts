import { message } from "../base/message";
import type { Problem } from "../base/problem";
import { jsonStrings, plainWords, quotedWords, readFlags } from "./arguments";
import type { Instruction } from "./image";
import type { Instructions } from "./instructions";

/** Returns BuildKit's reason for rejecting an instruction. `rest` is the offset of its arguments, after the flags. */
type Check = (instruction: Instruction, rest: number, escapeChar: string) => string | undefined;

/** The instructions that BuildKit supports. */
const checks: ReadonlyMap<string, Check> = new Map([
  ["ADD", copies],
  ["ARG", some],
  ["CMD", program],
  ["COPY", copies],
  ["ENTRYPOINT", program],
  ["ENV", pairs],
  ["EXPOSE", some],
  ["FROM", from],
  ["HEALTHCHECK", some],
  ["LABEL", pairs],
  ["MAINTAINER", one],
  ["ONBUILD", some],
  ["RUN", program],
  ["SHELL", shell],
  ["STOPSIGNAL", one],
  ["USER", one],
  ["VOLUME", (instruction, rest) => some(instruction, rest) ?? notStrings(instruction, rest)],
  ["WORKDIR", one],
]);

/** Why BuildKit rejects a file before building anything, and where; undefined if it accepts the file. */
export function findProblem({ instructions, escapeChar, error }: Instructions): Problem | undefined {
  if (error) return problem(error.span, error.reason);
  for (const instruction of instructions) {
    const reason = reasonOf(instruction, escapeChar);
    if (reason) return problem(instruction.keywordSpan, reason);
  }
  return undefined;
}

function problem(span: Problem["span"], reason: string): Problem {
  return {
    span,
    message: message("dockerfile.rejected", "BuildKit rejects this file: {reason}.", { reason }),
  };
}

/**
 * Whether an instruction is invalid, or has an unterminated heredoc that swallows the rest of the file. In both
 * cases, the remaining content of the file is unknown.
 */
export function isUnreadable({ keyword, heredocs }: Instruction): boolean {
  return !checks.has(keyword) || heredocs.some(({ closed }) => !closed);
}

function reasonOf(instruction: Instruction, escapeChar: string): string | undefined {
  const { keyword, body, stage } = instruction;
  const check = checks.get(keyword);
  if (!check) return `unknown instruction: ${keyword}`;
  if (isUnreadable(instruction)) return "unterminated heredoc";
  if (stage === -1 && keyword !== "ARG") return "no build stage in current context";
  return check(instruction, readFlags(body, escapeChar).rest, escapeChar);
}

function isEmpty({ body }: Instruction, rest: number): boolean {
  return body.text.slice(rest).trim() === "";
}

function some(instruction: Instruction, rest: number): string | undefined {
  return isEmpty(instruction, rest) ? `${instruction.keyword} requires at least one argument` : undefined;
}

function one(instruction: Instruction, rest: number): string | undefined {
  return isEmpty(instruction, rest) ? `${instruction.keyword} requires exactly one argument` : undefined;
}

function from({ body }: Instruction, rest: number): string | undefined {
  const words = plainWords(body, rest);
  const named = words.length === 3 && words[1]?.value.toLowerCase() === "as";
  return words.length === 1 || named ? undefined : "FROM requires either one or three arguments";
}

function copies(instruction: Instruction, rest: number): string | undefined {
  const { keyword, body } = instruction;
  const words = jsonStrings(body, rest) ?? plainWords(body, rest);
  if (words.length < 2) return `${keyword} requires at least two arguments`;
  return notStrings(instruction, rest);
}

function program(instruction: Instruction, rest: number): string | undefined {
  return notStrings(instruction, rest);
}

function shell(instruction: Instruction, rest: number): string | undefined {
  const words = jsonStrings(instruction.body, rest);
  if (words) return words.length === 0 ? "SHELL requires at least one argument" : undefined;
  return some(instruction, rest) ?? "SHELL requires the arguments to be in JSON form";
}

/** A list such as `["a", 1]` is neither the exec form nor a command. */
function notStrings({ body }: Instruction, rest: number): string | undefined {
  const text = body.text.slice(rest).trim();
  if (!text.startsWith("[") || jsonStrings(body, rest)) return undefined;
  try {
    JSON.parse(text);
    return "when using JSON array syntax, arrays must be comprised of strings only";
  } catch {
    return undefined;
  }
}

function pairs(instruction: Instruction, rest: number, escapeChar: string): string | undefined {
  const { keyword, body } = instruction;
  const words = quotedWords(body, escapeChar, rest);
  const [first] = words;
  if (!first) return some(instruction, rest);
  if (!first.text.includes("=")) {
    const [, value] = plainWords(body, rest);
    return value ? undefined : `${keyword} must have two arguments`;
  }
  const wrong = words.find(({ text }) => !text.includes("="));
  if (wrong) return `can't find = in "${wrong.text}"`;
  return words.some(({ text }) => text.startsWith("=")) ? `${keyword} names can not be blank` : undefined;
}
