import {
  type ArrayValue,
  type Assignment,
  type Command,
  forEachChild,
  type Redirection as RedirectionNode,
  type Script,
  type SyntaxNode,
  type Word,
} from "unbash";
import { deepestNesting } from "../base/limits";
import { lastSegment, type Span } from "../base/text";
import { isShell, shellOfShebang } from "./interpreter";
import { type MappedText, sliceText, sourceSpan } from "./mapped-text";
import type { DefinedFunction, Flow, Reader, Redirection } from "./reader";
import { bounded, inner, type Scope, type Value } from "./scope";
import { eitherOf, type Field, fieldsOf, scriptOf, unsplit } from "./words";
import { unwrap } from "./wrappers";

/** Reads a command with its assignments, redirections and arguments. */
export function simpleCommand(node: Command, source: MappedText, reader: Reader, flow: Flow): void {
  const { scope } = reader;
  const assignments = node.prefix.filter((item) => item.type === "Assignment");
  const redirections = node.redirects.map((item) => redirection(item, source, scope));
  substitutions(node, source, reader, flow);
  if (!node.name) {
    for (const assignment of assignments) assign(assignment, source, reader, flow);
    if (feed(node, source, reader, flow)) return;
    if (redirections.some(({ body }) => body === undefined)) {
      reader.commands.push({
        ...state(flow),
        words: [],
        wordSpans: [],
        span: sourceSpan(source, node.pos, node.end),
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
  // If a condition selects the program, the first alternative determines the kind of command.
  const { start: chosen } = unwrap(words);
  const program = fields[chosen];
  if (program && program.value === undefined) words[chosen] = eitherOf(program.word, scope);
  if (builtin(words[0], node, words, source, reader, flow)) return;

  const { start, exec, assignments: inner } = unwrap(words);
  const rest = fields.slice(start);
  const called = start === 0 ? reader.functions.get(words[0] ?? "") : undefined;
  if (called && !called.called) {
    call(called, words, reader, flow);
    return;
  }
  if (nested(rest, node, source, reader, flow)) return;

  const environment = new Map<string, string | undefined>();
  for (const { name, value } of assignments) {
    environment.set(name, value.type === "Word" ? unsplit(value, scope) : undefined);
  }
  for (const [name, value] of inner) environment.set(name, value);
  reader.commands.push({
    words: words.slice(start),
    wordSpans: rest.map(({ span }) => span),
    span: sourceSpan(source, node.pos, node.end),
    exec,
    environment,
    redirections,
    ...state(flow),
  });
}

function state({ ignored, last, conditional, background }: Flow) {
  return { failureIgnored: ignored, last, conditional, background };
}

function call(
  called: DefinedFunction,
  words: readonly (string | undefined)[],
  reader: Reader,
  flow: Flow,
): void {
  called.called = true;
  if (reader.depth >= deepestNesting) return;
  const { positional } = reader.scope;
  reader.scope.positional = words.slice(1);
  reader.depth++;
  reader.visit.body(called.node.body, called.source, reader, flow);
  reader.depth--;
  reader.scope.positional = positional;
}

/** Handles commands that change the state of the shell. */
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
      reader.visit.script(scriptOf(argument, source, scope), reader, flow);
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
      const { positional } = reader.scope;
      // Under a condition, `set` nearly always provides defaults for a call without arguments.
      reader.scope.positional = flow.conditional && positional?.length ? positional : rest;
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
  // Under a condition, it is unknown which of two values applies. If the variable had no value before, the new one is
  // used.
  const certain = !flow.conditional || before === undefined || before === "" || before === value;
  variables.set(name, assignment.index ? undefined : certain ? bounded(value) : either(before, value));
}

function assigned(value: Word | ArrayValue, source: MappedText, scope: Scope): Value {
  if (value.type === "Word") return unsplit(value, scope);
  const fields = value.elements.flatMap((word) => fieldsOf(word, source, scope).map((field) => field.value));
  const known = fields.filter((field) => field !== undefined);
  return known.length === fields.length ? { array: known } : undefined;
}

function either(before: Value, value: Value): Value {
  if (typeof value !== "string") return undefined;
  if (typeof before === "string") return { first: before };
  return typeof before === "object" && "first" in before ? before : undefined;
}

function joined(before: Value, value: Value): Value {
  if (typeof before === "string" && typeof value === "string") return before + value;
  if (typeof before !== "object" || typeof value !== "object") return undefined;
  return "array" in before && "array" in value ? { array: [...before.array, ...value.array] } : undefined;
}

/** Converts an assignment among the arguments (`docker run -e A=b`, `env A=b cmd`) to an ordinary word. */
function asWord({ text, pos, end, name, value, append, index }: Assignment): Word {
  const plain = { type: "Word" as const, text, pos, end, value: text };
  if (value.type !== "Word" || index) return plain;
  const head = `${name}${append ? "+=" : "="}`;
  if (!value.parts) return { ...plain, value: head + value.value };
  const literal = { type: "Literal" as const, pos, end: value.pos, value: head, text: head };
  return { ...plain, parts: [literal, ...value.parts] };
}

/** Reads scripts that are passed to a shell: `sh -c '…'`, `su - user -c '…'`, `bash <<EOF`. */
function nested(
  fields: readonly Field[],
  node: Command,
  source: MappedText,
  reader: Reader,
  flow: Flow,
): boolean {
  const name = lastSegment(fields[0]?.value ?? "");
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

/** Reads the heredoc that a shell runs as its script; returns whether there is one. */
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
  reader.scope = { ...inner(scope), positional: args.map(({ value }) => value) };
  Object.assign(reader, { errexit, pipefail: false });
  reader.visit.script(script, reader, { ...flow, exits: flow.ignored, tested: false });
  Object.assign(reader, { scope, errexit: outer, pipefail });
}

function redirection(node: RedirectionNode, source: MappedText, scope: Scope): Redirection {
  const span = sourceSpan(source, node.pos, node.end);
  if (node.type === "HereDoc")
    return { operator: node.operator, target: undefined, span, body: node.body.text };
  const target = node.target && unsplit(node.target, scope);
  if (node.type === "HereString") return { operator: node.operator, target: undefined, span, body: target };
  return { operator: node.operator, target, span };
}

/** Reads the commands in `$(…)`, backquotes and `<(…)`, which are also executed; their failure rarely matters. */
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

/** Whether a node can contain a substitution; a plain word is not parsed. */
function hasParts(node: SyntaxNode): boolean {
  if (node.type === "Word") return node.parts !== undefined;
  return /^(Assignment|ArrayValue|DoubleQuoted|ParameterExpansion|Redirect|HereString)$/.test(node.type);
}

function substituted(script: Script, place: Span, source: MappedText, reader: Reader, flow: Flow): void {
  if (reader.depth >= deepestNesting) return;
  const { scope } = reader;
  reader.scope = inner(scope);
  reader.depth++;
  // Backquotes are unescaped first, so only the range of the entire substitution is known.
  const own =
    script.source === undefined
      ? source
      : { text: script.source, pieces: [{ at: 0, source: place.start, standsFor: place.end - place.start }] };
  reader.visit.list(script.commands, own, reader, flow);
  reader.depth--;
  reader.scope = scope;
}
