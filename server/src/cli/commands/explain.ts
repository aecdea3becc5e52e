import { isatty } from "node:tty";
import { format } from "../../core/base/message";
import { visible, visibleJson } from "../../core/base/visible";
import { rulePage } from "../../core/docs/url";
import { catalogue } from "../../core/logs/catalogue";
import { type Cause, explainLog } from "../../core/logs/explain";
import { readLog } from "../input/log";
import { oneOf, parse, targetOf, UsageError } from "../input/options";
import type { ExitCode, Terminal } from "../terminal";

/** `explain`: the causes that a log tells, the first one first; 1 when it tells none that is known. */
export function explain(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, paths } = parse(args, { format: { type: "string" }, "exit-code": { type: "string" } });
  const shape = oneOf("format", values.format, ["text", "json"]);
  const exitCode = exitCodeOf(values["exit-code"]);
  const facts = targetOf(values);
  const [name = "-", ...more] = paths;
  if (more.length > 0) throw new UsageError("explain takes one FILE, or - for its standard input.");
  if (name === "-" && isatty(terminal.stdin ?? 0)) terminal.err("Reading the log from the terminal.\n");

  const read = readLog(name, terminal);
  const called = name === "-" ? "standard input" : name;
  if ("why" in read) {
    terminal.err(`${called}: ${read.why}\n`);
    return 2;
  }
  const causes = explainLog({ log: read.text, exitCode, facts });
  if (shape === "json") terminal.out(`${visibleJson(causes.map(row))}\n`);
  else terminal.out(causes.map(row).map(paragraph).join("\n"));
  if (causes.length > 0) return 0;
  terminal.err(`${called}: none of the ${catalogue.length} lines that are known is in it.\n`);
  return 1;
}

function exitCodeOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const code = Number(value);
  if (/^\d+$/.test(String(value)) && code <= 255) return code;
  throw new UsageError("--exit-code takes a number from 0 to 255.");
}

function row({ id, line, cause, fix, rule }: Cause) {
  const docs = rule === undefined ? undefined : rulePage(rule);
  return { id, line, cause: format(cause), fix: format(fix), rule, docs };
}

function paragraph({ line, cause, fix, rule, docs }: ReturnType<typeof row>): string {
  const told = line === "" ? "" : `    line: ${visible(line)}\n`;
  return `${visible(cause)}${rule ? ` [${rule}]` : ""}\n${told}    fix: ${visible(fix)}\n${docs ? `    see: ${docs}\n` : ""}`;
}
