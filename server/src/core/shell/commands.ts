import {
  type AndOr,
  type ArrayValue,
  type Assignment,
  type Command,
  type CommandNode,
  type CompoundCommand,
  type CompoundList,
  type Function as FunctionNode,
  forEachChild,
  type PipelineNode,
  parse,
  type Redirection as RedirectionNode,
  type Script,
  type Statement,
  type SyntaxNode,
  type Word,
} from "unbash";
import type { Span } from "../text";
import { type MappedText, plainText, sliceText, sourceSpan } from "./mapped-text";
import { type Field, fieldsOf, type Scope, scriptOf, type Value, valueOf } from "./words";
import { unwrap } from "./wrappers";

/** A file that a command reads or writes. */
export interface Redirection {
  /** `>`, `>>`, `<`, `<<` and the like. */
  readonly operator: string;
  /** The file, or undefined when it is not known; a heredoc has none. */
  readonly target: string | undefined;
  readonly span: Span;
  /** Text of a heredoc or here-string as written. */
  readonly body?: string;
}

/** A simple command that a script executes. */
export interface ShellCommand {
  /** Words after quote removal and expansion; a word that cannot be known is undefined. No words: `> file`. */
  readonly words: readonly (string | undefined)[];
  readonly wordSpans: readonly Span[];
  /** What was written for the command, wrappers such as sudo and exec included. */
  readonly span: Span;
  /** Its failure does not fail the script. */
  readonly failureIgnored: boolean;
  /** It is the last thing the script does; `exit 0`, `true` and alternatives after `||` do not count. */
  readonly last: boolean;
  /** Under a condition, in a loop, or in a function that is not called. */
  readonly conditional: boolean;
  /** It replaces the shell. */
  readonly exec: boolean;
  /** Variables set for it alone. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  readonly redirections: readonly Redirection[];
}

export interface ShellOptions {
  /** Variables with a known value when the script starts. */
  readonly variables?: ReadonlyMap<string, string | undefined>;
  /** Arguments of the script; absent when not known. */
  readonly positional?: readonly (string | undefined)[];
  /** Options of the shell: `-e`, `-o pipefail`. */
  readonly errexit?: boolean;
  readonly pipefail?: boolean;
}

/**
 * Every simple command that a script executes, in the order in which it is written, functions where they are
 * called. Scripts in `sh -c '…'`, `eval`, `su -c` and heredocs of a shell are read too; what is only written
 * into a file is not. Reading never fails: of text that no shell would take it gives what can be made out.
 */
export function readCommands(source: MappedText, options: ShellOptions = {}): ShellCommand[] {
  const reader: Reader = {
    commands: [],
    functions: new Map(),
    scope: { variables: new Map(options.variables), positional: options.positional },
    errexit: options.errexit ?? false,
    pipefail: options.pipefail ?? false,
    depth: 0,
  };
  readScript(source, reader, { conditional: false, ignored: false, exits: false, tested: false, last: true });
  for (const [, { node, source, called }] of reader.functions) {
    if (!called) body(node.body, source, reader, { ...uncalled });
  }
  return reader.commands;
}

/** The commands of a script file; none when its first line names an interpreter that is no shell. */
export function readScriptFile(text: string, options: ShellOptions = {}): ShellCommand[] {
  const flags = shellOfShebang(text);
  return flags === undefined
    ? []
    : readCommands(plainText(text.replace(/\r\n/g, " \n")), { errexit: flags, ...options });
}

/** Whether the name is that of a shell whose scripts are read: `/bin/bash`, `sh`. */
export function isShell(command: string | undefined): boolean {
  return /^(.*\/)?(ba|da|a|k|z|mk)?sh$/.test(command ?? "");
}

/** errexit of the `#!` line of a shell script; undefined when it names another interpreter. */
function shellOfShebang(text: string): boolean | undefined {
  const [, path, options = ""] =
    /^\uFEFF?\s*#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(\S+)[ \t]*([^\n]*)/.exec(text) ?? [];
  if (path === undefined) return false;
  return isShell(path) ? /(^|\s)-\w*e/.test(options) : undefined;
}

interface Reader {
  readonly commands: ShellCommand[];
  readonly functions: Map<string, { node: FunctionNode; source: MappedText; called: boolean }>;
  scope: Scope;
  errexit: boolean;
  pipefail: boolean;
  depth: number;
}

/** What surrounds a command. */
interface Flow {
  readonly conditional: boolean;
  /** The failure of this list, as a whole, is ignored. */
  readonly ignored: boolean;
  /** The same when the shell exits in it. */
  readonly exits: boolean;
  /** `set -e` is without effect here: in a condition, before `&&` or `||`. */
  readonly tested: boolean;
  readonly last: boolean;
}

const uncalled: Flow = { conditional: true, ignored: false, exits: false, tested: false, last: false };

/** Scripts in scripts; deeper ones are not read. */
const deepest = 40;

function readScript(source: MappedText, reader: Reader, flow: Flow): void {
  if (reader.depth >= deepest) return;
  reader.depth++;
  try {
    list(parse(source.text).commands, source, reader, flow);
  } catch {
    // What the parser or a deep nesting breaks off keeps the commands that were read so far.
  }
  reader.depth--;
}

function list(statements: readonly Statement[], source: MappedText, reader: Reader, flow: Flow): void {
  let lastDoing = statements.length - 1;
  while (lastDoing > 0 && isTrivial(statements[lastDoing])) lastDoing--;
  statements.forEach((statement, index) => {
    const isLast = index === statements.length - 1;
    const stops = reader.errexit && !flow.tested;
    const ignored = isLast ? flow.ignored : stops ? flow.exits : true;
    const inside = {
      ...flow,
      ignored: statement.background ? true : ignored,
      last: flow.last && index >= lastDoing,
    };
    if (statement.command.type !== "AndOr") pipeline(statement.command, source, reader, inside);
    else chain(statement.command, source, reader, inside, isLast ? flow.ignored : true);
  });
}

/** `true`, `:` and `exit` at the end of a script do nothing more. */
function isTrivial(statement: Statement | undefined): boolean {
  const command = statement?.command;
  return command?.type === "Command" && /^(true|:|exit)$/.test(command.name?.value ?? "");
}

/** `a && b || c`: what fails before an `||` is ignored, unless the alternative fails on purpose. */
function chain(
  { commands, operators }: AndOr,
  source: MappedText,
  reader: Reader,
  flow: Flow,
  broken: boolean,
): void {
  const alternatives: (PipelineNode | undefined)[] = new Array(commands.length);
  for (let index = commands.length - 2; index >= 0; index--) {
    alternatives[index] = operators[index] === "||" ? commands[index + 1] : alternatives[index + 1];
  }
  const lastAnd = operators.lastIndexOf("&&");
  let asked = false;
  commands.forEach((command, index) => {
    const alternative = alternatives[index];
    const end = index === commands.length - 1;
    const ignored = alternative
      ? fails(alternative, source)
        ? flow.exits
        : true
      : end
        ? flow.ignored
        : broken;
    pipeline(command, source, reader, {
      conditional: flow.conditional || asked || operators[index - 1] === "||",
      ignored,
      exits: flow.exits,
      tested: flow.tested || !end,
      last: flow.last && index > lastAnd,
    });
    if (operators[index] === "&&" && isTest(command)) asked = true;
  });
}

/** The alternative ends in failure: `|| exit 1`, `|| { echo no; false; }`. */
function fails(node: PipelineNode, source: MappedText): boolean {
  if (node.type === "Command") {
    const name = node.name?.value;
    if (name === "false") return true;
    const code = node.args[0];
    return (name === "exit" || name === "return") && !(code?.type === "Word" && code.value === "0");
  }
  if (node.type === "BraceGroup" || node.type === "Subshell") {
    const last = node.body.commands.at(-1)?.command;
    return last !== undefined && last.type !== "AndOr" && fails(last, source);
  }
  return false;
}

/** A command that is run for its answer: `[ -f x ] && …`, `command -v x && …`. */
function isTest(node: PipelineNode): boolean {
  if (node.type === "TestCommand" || node.type === "ArithmeticCommand") return true;
  if (node.type === "Pipeline") return node.prefixes.length > 0 || isTest(node.commands.at(-1) ?? node);
  if (node.type !== "Command") return false;
  return /^(test|\[|grep|egrep|command|which|type|getent)$/.test(node.name?.value ?? "");
}

function pipeline(node: PipelineNode, source: MappedText, reader: Reader, flow: Flow): void {
  if (node.type !== "Pipeline") return body(node, source, reader, flow);
  const negated = node.prefixes.some(({ type }) => type === "Negation");
  node.commands.forEach((command, index) => {
    const counts = index === node.commands.length - 1 || reader.pipefail;
    body(command, source, reader, { ...flow, ignored: negated || !counts || flow.ignored });
  });
}

function body(
  node: CommandNode | CompoundList | CompoundCommand,
  source: MappedText,
  reader: Reader,
  flow: Flow,
): void {
  const inside = (body: CompoundList, change: Partial<Flow> = {}) =>
    list(body.commands, source, reader, { ...flow, ...change });
  const condition = { ignored: true, tested: true, last: false };
  switch (node.type) {
    case "Command":
      return command(node, source, reader, flow);
    case "CompoundList":
      return inside(node);
    case "Redirected":
      return body(node.command, source, reader, flow);
    case "BraceGroup":
      return inside(node.body);
    case "Subshell": {
      const { errexit, pipefail, scope } = reader;
      reader.scope = { ...scope, variables: new Map(scope.variables) };
      inside(node.body, { exits: flow.ignored });
      Object.assign(reader, { errexit, pipefail, scope });
      return;
    }
    case "If":
      inside(node.clause, condition);
      inside(node.then, { conditional: true });
      for (const { clause, then } of node.elif) {
        inside(clause, { ...condition, conditional: true });
        inside(then, { conditional: true });
      }
      if (node.else) inside(node.else, { conditional: true });
      return;
    case "While":
      inside(node.clause, condition);
      return inside(node.body, { conditional: true });
    case "For":
    case "Select": {
      const words = node.wordlist?.flatMap((word) =>
        fieldsOf(word, source, reader.scope).map(({ value }) => value),
      );
      const known = words?.filter((word) => word !== undefined);
      reader.scope.variables.set(
        node.name.value,
        known && known.length === words?.length ? { each: known } : undefined,
      );
      inside(node.body, { conditional: true });
      return;
    }
    case "ArithmeticFor":
      return inside(node.body, { conditional: true });
    case "Case":
      for (const item of node.items) inside(item.body, { conditional: true });
      return;
    case "Coproc":
      return body(node.body, source, reader, { ...flow, ignored: true });
    case "Function":
      reader.functions.set(node.name.value, { node, source, called: false });
      return;
    default:
      return;
  }
}

function command(node: Command, source: MappedText, reader: Reader, flow: Flow): void {
  const { scope } = reader;
  const assignments = node.prefix.filter((item) => item.type === "Assignment");
  const redirections = node.redirects.map((item) => redirection(item, source, scope));
  substitutions(node, source, reader, flow);
  if (!node.name) {
    for (const assignment of assignments) assign(assignment, source, reader, flow);
    if (feed(node, source, reader, flow)) return;
    if (redirections.some(({ body }) => body === undefined)) {
      const span = sourceSpan(source, node.pos, node.end);
      reader.commands.push({
        ...state(flow),
        words: [],
        wordSpans: [],
        span,
        exec: false,
        environment: new Map(),
        redirections,
      });
    }
    return;
  }
  const fields = [node.name, ...node.args].flatMap((word) =>
    fieldsOf(word.type === "Word" ? word : asWord(word), source, scope),
  );
  const words = fields.map(({ value }) => value);
  if (builtin(words[0], node, words, source, reader, flow)) return;

  const { start, exec, assignments: inner } = unwrap(words);
  const rest = fields.slice(start);
  const called = start === 0 ? reader.functions.get(words[0] ?? "") : undefined;
  if (called && !called.called) return call(called, words, reader, flow);
  if (nested(rest, node, source, reader, flow)) return;

  const environment = new Map<string, string | undefined>();
  for (const { name, value } of assignments) {
    environment.set(name, value.type === "Word" ? valueOf(value, scope) : undefined);
  }
  for (const [name, value] of inner) environment.set(name, value);
  reader.commands.push({
    ...state(flow),
    words: words.slice(start),
    wordSpans: rest.map(({ span }) => span),
    span: sourceSpan(source, node.pos, node.end),
    exec,
    environment,
    redirections,
  });
}

function state({ ignored, last, conditional }: Flow) {
  return { failureIgnored: ignored, last, conditional };
}

function call(
  called: { node: FunctionNode; source: MappedText; called: boolean },
  words: readonly (string | undefined)[],
  reader: Reader,
  flow: Flow,
): void {
  called.called = true;
  if (reader.depth >= deepest) return;
  const { positional } = reader.scope;
  reader.scope.positional = words.slice(1);
  reader.depth++;
  body(called.node.body, called.source, reader, flow);
  reader.depth--;
  reader.scope.positional = positional;
}

/** Commands that change the shell itself. */
function builtin(
  name: string | undefined,
  node: Command,
  words: readonly (string | undefined)[],
  source: MappedText,
  reader: Reader,
  flow: Flow,
): boolean {
  const { scope } = reader;
  switch (name) {
    case "export":
    case "declare":
    case "local":
    case "readonly":
    case "typeset":
      for (const item of node.args) if (item.type === "Assignment") assign(item, source, reader, flow);
      return true;
    case "unset":
      for (const word of words.slice(1)) if (word !== undefined) scope.variables.set(word, undefined);
      return true;
    case "read":
      for (const word of words.slice(1)) if (word !== undefined) scope.variables.set(word, undefined);
      return false;
    case "shift":
      scope.positional = flow.conditional ? undefined : scope.positional?.slice(Number(words[1] ?? 1) || 1);
      return true;
    case "set":
      setOptions(words.slice(1), reader, flow);
      return true;
    case "eval": {
      if (words.length !== 2) return false;
      const argument = node.args[0];
      if (argument?.type !== "Word") return false;
      readScript(scriptOf(argument, source, scope), reader, flow);
      return true;
    }
    default:
      return false;
  }
}

function setOptions(words: readonly (string | undefined)[], reader: Reader, flow: Flow): void {
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || word === "--" || !/^[-+]/.test(word)) {
      const rest = words.slice(word === "--" ? at + 1 : at);
      reader.scope.positional = flow.conditional ? undefined : rest;
      return;
    }
    const on = word.startsWith("-");
    if (/^[-+]\w*e/.test(word)) reader.errexit = on;
    if (/^[-+]\w*o$/.test(word)) {
      const option = words[++at];
      if (option === "errexit") reader.errexit = on;
      if (option === "pipefail") reader.pipefail = on;
    }
  }
}

function assign(assignment: Assignment, source: MappedText, reader: Reader, flow: Flow): void {
  const { variables } = reader.scope;
  const { name, append } = assignment;
  const before = variables.get(name);
  let value: Value = assigned(assignment.value, source, reader.scope);
  if (append) value = joined(before, value);
  // Under a condition nobody knows which of two values holds; a variable that had none keeps the one that is seen.
  const certain = !flow.conditional || before === undefined || before === value;
  variables.set(name, assignment.index || !certain ? undefined : value);
}

function assigned(value: Word | ArrayValue, source: MappedText, scope: Scope): Value {
  if (value.type === "Word") return valueOf(value, scope);
  const fields = value.elements.flatMap((word) => fieldsOf(word, source, scope).map((field) => field.value));
  const known = fields.filter((field) => field !== undefined);
  return known.length === fields.length ? { array: known } : undefined;
}

function joined(before: Value, value: Value): Value {
  if (typeof before === "string" && typeof value === "string") return before + value;
  if (typeof before !== "object" || typeof value !== "object") return undefined;
  return "array" in before && "array" in value ? { array: [...before.array, ...value.array] } : undefined;
}

/** An assignment among the arguments (`docker run -e A=b`, `env A=b cmd`) is an ordinary word. */
function asWord({ text, pos, end, name, value, append, index }: Assignment): Word {
  const plain = { type: "Word" as const, text, pos, end, value: text };
  if (value.type !== "Word" || index) return plain;
  const head = `${name}${append ? "+=" : "="}`;
  if (!value.parts) return { ...plain, value: head + value.value };
  const literal = { type: "Literal" as const, pos, end: value.pos, value: head, text: head };
  return { ...plain, parts: [literal, ...value.parts] };
}

/** Scripts that are handed to a shell: `sh -c '…'`, `su - user -c '…'`, `bash <<EOF`. */
function nested(
  fields: readonly Field[],
  node: Command,
  source: MappedText,
  reader: Reader,
  flow: Flow,
): boolean {
  const name = fields[0]?.value?.replace(/^.*\//, "");
  const shell = isShell(name);
  if (!shell && name !== "su" && name !== "runuser") return false;
  let errexit = false;
  let at = 1;
  for (; at < fields.length; at++) {
    const value = fields[at]?.value ?? "";
    if (!/^[-+]/.test(value) && (shell || value === "")) break;
    if (shell && /^-\w*e/.test(value)) errexit = true;
    if (/^(-\w*c|--command)$/.test(value)) {
      const script = fields[at + 1];
      if (!script || script.value === undefined) return false;
      inShell(scriptOf(script.word, source, reader.scope), fields.slice(at + 3), errexit, reader, flow);
      return true;
    }
    if (/^[-+]\w*o$/.test(value)) at++;
  }
  return shell && at >= fields.length && feed(node, source, reader, flow);
}

/** The heredoc that a shell reads as its script; true when there is one. */
function feed(node: Command, source: MappedText, reader: Reader, flow: Flow): boolean {
  const heredoc = node.redirects.findLast((item) => item.type === "HereDoc");
  if (!heredoc) return false;
  const script = sliceText(source, heredoc.body.pos, heredoc.body.end);
  const errexit = shellOfShebang(script.text);
  if (errexit !== undefined) inShell(script, [], errexit, reader, flow);
  return true;
}

function inShell(
  script: MappedText,
  args: readonly Field[],
  errexit: boolean,
  reader: Reader,
  flow: Flow,
): void {
  const { scope, errexit: outer, pipefail } = reader;
  reader.scope = { variables: new Map(scope.variables), positional: args.map(({ value }) => value) };
  Object.assign(reader, { errexit, pipefail: false });
  readScript(script, reader, { ...flow, exits: flow.ignored, tested: false });
  Object.assign(reader, { scope, errexit: outer, pipefail });
}

function redirection(node: RedirectionNode, source: MappedText, scope: Scope): Redirection {
  const span = sourceSpan(source, node.pos, node.end);
  if (node.type === "HereDoc")
    return { operator: node.operator, target: undefined, span, body: node.body.text };
  const target = node.target && valueOf(node.target, scope);
  if (node.type === "HereString") return { operator: node.operator, target: undefined, span, body: target };
  return { operator: node.operator, target, span };
}

/** Commands in `$(…)`, backquotes and `<(…)` are executed too; their failure seldom counts. */
function substitutions(node: Command, source: MappedText, reader: Reader, flow: Flow): void {
  const inside: Flow = { ...flow, ignored: true, exits: true, tested: true, last: false };
  const visit = (child: SyntaxNode) => {
    if (child.type === "CommandExpansion" || child.type === "ProcessSubstitution") {
      if (child.script)
        substituted(child.script, sourceSpan(source, child.pos, child.end), source, reader, inside);
      return;
    }
    if (hasParts(child)) forEachChild(child, visit);
  };
  forEachChild(node, visit);
}

/** Only these can hold a substitution; a plain word is not opened. */
function hasParts(node: SyntaxNode): boolean {
  if (node.type === "Word") return node.parts !== undefined;
  return /^(Assignment|ArrayValue|DoubleQuoted|ParameterExpansion|Redirect|HereString)$/.test(node.type);
}

function substituted(script: Script, place: Span, source: MappedText, reader: Reader, flow: Flow): void {
  if (reader.depth >= deepest) return;
  const { scope } = reader;
  reader.scope = { ...scope, variables: new Map(scope.variables) };
  reader.depth++;
  // Backquotes are unescaped first, so their places are only known as a whole.
  const own =
    script.source === undefined
      ? source
      : { text: script.source, pieces: [{ at: 0, source: place.start, standsFor: place.end - place.start }] };
  list(script.commands, own, reader, flow);
  reader.depth--;
  reader.scope = scope;
}
