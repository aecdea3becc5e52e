import { format } from "../../core/base/message";
import { catalogue } from "../../core/logs/catalogue";
import { type Cause, explainLog } from "../../core/logs/explain";
import { unrecognised } from "../../core/logs/unrecognised";
import type { Command } from "../command";
import type { ExitCode } from "../exit-code";
import type { CauseRow } from "../formats/format";
import { formatOption, renderer } from "../formats/table";
import { readLog } from "../input/log";
import { type Arguments, type Options, UsageError } from "../input/options";
import { isTerminal } from "../is-terminal";
import type { Terminal } from "../terminal";
import { texts } from "../texts";

const options = {
  format: formatOption("explain"),
  "exit-code": { type: "string", value: "N" },
} as const satisfies Options;

/** `explain`: prints the causes found in a log, earliest first. Exits with code 1 if no known cause is found. */
export const explain: Command<typeof options> = {
  name: "explain",
  options,
  usage: "[TARGET] [FILE|-]",
  about: `explain finds the cause in the log of a container, an engine or a build (docker logs NAME 2>&1 |
systemd-containers explain). --exit-code is the exit code of the container.
`,
  run: explainFile,
};

function explainFile({ values, target, paths }: Arguments<typeof options>, terminal: Terminal): ExitCode {
  const exitCode = exitCodeOf(values["exit-code"]);
  const [name = "-", ...more] = paths;
  if (more.length > 0) throw new UsageError(texts.onlyLog);
  if (name === "-" && isTerminal(terminal.stdin ?? 0)) terminal.err(`${texts.logFromTerminal}\n`);

  const read = readLog(name, terminal);
  const called = name === "-" ? texts.stdin : name;
  if ("why" in read) {
    terminal.err(`${called}: ${read.why}\n`);
    return 2;
  }
  const causes = explainLog({ log: read.text, exitCode, facts: target });
  terminal.out(renderer("explain", values.format)(causes.map(row)));
  if (causes.some(({ id }) => id !== unrecognised)) return 0;
  terminal.err(`${called}: ${texts.noCause(catalogue.length)}\n`);
  return 1;
}

function exitCodeOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const code = Number(value);
  if (/^\d+$/.test(value) && code <= 255) return code;
  throw new UsageError(texts.exitCode);
}

function row({ id, line, cause, fix, rule }: Cause): CauseRow {
  return { id, line, cause: format(cause), fix: format(fix), rule };
}
