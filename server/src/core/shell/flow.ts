import {
  type AndOr,
  type CommandNode,
  type CompoundCommand,
  type CompoundList,
  type For,
  type PipelineNode,
  parse,
  type Select,
  type Statement,
} from "unbash";
import { deepestNesting, mostHeredocs } from "../base/limits";
import type { MappedText } from "./mapped-text";
import type { Flow, Reader, Visitor } from "./reader";
import { inner } from "./scope";
import { simpleCommand } from "./simple-command";
import { fieldsOf } from "./words";

function script(source: MappedText, reader: Reader, flow: Flow): void {
  if (reader.depth >= deepestNesting || source.text.split("<<", mostHeredocs + 2).length > mostHeredocs + 1)
    return;
  reader.depth++;
  try {
    list(parse(source.text).commands, source, reader, flow);
  } catch {
    // If a parse error or excessive nesting stops the reading, the commands read so far are kept.
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
      background: flow.background || statement.background === true,
    };
    if (statement.command.type !== "AndOr") pipeline(statement.command, source, reader, inside);
    else chain(statement.command, source, reader, inside, isLast ? flow.ignored : true);
  });
}

/** Whether a statement has no effect at the end of a script: `true`, `:` or `exit`. */
function isTrivial(statement: Statement | undefined): boolean {
  const command = statement?.command;
  return command?.type === "Command" && /^(true|:|exit)$/.test(command.name?.value ?? "");
}

/** `a && b || c`: a failure before `||` is ignored, unless the alternative fails on purpose. */
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
    const ignored = alternative ? (fails(alternative) ? flow.exits : true) : end ? flow.ignored : broken;
    pipeline(command, source, reader, {
      conditional: flow.conditional || asked || operators[index - 1] === "||",
      ignored,
      exits: flow.exits,
      tested: flow.tested || !end,
      last: flow.last && index > lastAnd,
      background: flow.background,
    });
    if (operators[index] === "&&" && isTest(command)) asked = true;
  });
}

/** Whether an alternative ends in failure: `|| exit 1`, `|| { echo no; false; }`. */
function fails(node: PipelineNode): boolean {
  if (node.type === "Command") {
    const name = node.name?.value;
    if (name === "false") return true;
    const code = node.args[0];
    return (name === "exit" || name === "return") && !(code?.type === "Word" && code.value === "0");
  }
  if (node.type === "BraceGroup" || node.type === "Subshell") {
    const last = node.body.commands.at(-1)?.command;
    return last !== undefined && last.type !== "AndOr" && fails(last);
  }
  return false;
}

/** Whether a command is run for its result: `[ -f x ] && …`, `command -v x && …`. */
function isTest(node: PipelineNode): boolean {
  if (node.type === "TestCommand" || node.type === "ArithmeticCommand") return true;
  if (node.type === "Pipeline") return node.prefixes.length > 0 || isTest(node.commands.at(-1) ?? node);
  if (node.type !== "Command") return false;
  return /^(test|\[|grep|egrep|command|which|type|getent)$/.test(node.name?.value ?? "");
}

function pipeline(node: PipelineNode, source: MappedText, reader: Reader, flow: Flow): void {
  if (node.type !== "Pipeline") {
    body(node, source, reader, flow);
    return;
  }
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
      simpleCommand(node, source, reader, flow);
      break;
    case "CompoundList":
      inside(node);
      break;
    case "Redirected":
      body(node.command, source, reader, flow);
      break;
    case "BraceGroup":
      inside(node.body);
      break;
    case "Subshell":
      subshell(node.body, source, reader, flow);
      break;
    case "If":
      inside(node.clause, condition);
      inside(node.then, { conditional: true });
      for (const { clause, then } of node.elif) {
        inside(clause, { ...condition, conditional: true });
        inside(then, { conditional: true });
      }
      if (node.else) inside(node.else, { conditional: true });
      break;
    case "While":
      inside(node.clause, condition);
      inside(node.body, { conditional: true });
      break;
    case "For":
    case "Select":
      bindLoop(node, source, reader);
      inside(node.body, { conditional: true });
      break;
    case "ArithmeticFor":
      inside(node.body, { conditional: true });
      break;
    case "Case":
      for (const item of node.items) inside(item.body, { conditional: true });
      break;
    case "Coproc":
      body(node.body, source, reader, { ...flow, ignored: true });
      break;
    case "Function":
      reader.functions.set(node.name.value, { node, source, called: false });
      break;
    default:
      break;
  }
}

/** Reads a subshell; its settings are discarded after it. */
function subshell(body: CompoundList, source: MappedText, reader: Reader, flow: Flow): void {
  const { errexit, pipefail, scope } = reader;
  reader.scope = inner(scope);
  list(body.commands, source, reader, { ...flow, exits: flow.ignored });
  Object.assign(reader, { errexit, pipefail, scope });
}

/** Assigns each word of the list to the variable of a loop, if all words are known. */
function bindLoop({ name, wordlist }: For | Select, source: MappedText, { scope }: Reader): void {
  const words = wordlist?.flatMap((word) => fieldsOf(word, source, scope).map(({ value }) => value));
  const known = words?.filter((word) => word !== undefined);
  scope.variables.set(name.value, known && known.length === words?.length ? { each: known } : undefined);
}

/** Reads scripts: the order of commands, which of them run only under a condition, and whose failure matters. */
export const visit: Visitor = { script, list, body };
