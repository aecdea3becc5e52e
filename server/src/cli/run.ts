import { visible, visibleLines } from "../core/base/visible";
import type { Command } from "./command";
import { boot } from "./commands/boot";
import { explain } from "./commands/explain";
import { fix } from "./commands/fix";
import { inspect } from "./commands/inspect";
import { lint } from "./commands/lint";
import { plan } from "./commands/plan";
import { rules } from "./commands/rules";
import { verify } from "./commands/verify";
import type { ExitCode } from "./exit-code";
import { help } from "./help";
import { parse, UsageError } from "./input/options";
import type { Terminal } from "./terminal";
import { texts } from "./texts";

/** The commands, in the order of the help text. */
export const commands: readonly Command[] = [lint, fix, plan, boot, verify, inspect, explain, rules];

/**
 * Runs one command line and returns its exit code, or a promise if it waits for an engine. Never throws on bad input.
 */
export function run(args: readonly string[], terminal: Terminal): ExitCode | Promise<ExitCode> {
  const [name = "", ...rest] = args;
  const options = rest.slice(0, rest.includes("--") ? rest.indexOf("--") : undefined);
  if (["--help", "-h", "help"].includes(name) || options.includes("--help") || options.includes("-h")) {
    terminal.out(help(commands));
    return 0;
  }
  const safe = withoutControls(terminal);
  const command = commands.find((each) => each.name === name);
  if (!command) {
    if (name) safe.err(`${texts.unknownCommand(name)}\n`);
    terminal.err(name ? `\n${help(commands)}` : help(commands));
    return 2;
  }
  const refused = (error: unknown): ExitCode => {
    if (!(error instanceof UsageError)) throw error;
    safe.err(`${error.message}\n`);
    safe.err(`${texts.tryHelp}\n`);
    return 2;
  };
  try {
    const code = command.run(parse(rest, command), safe);
    return typeof code === "number" ? code : code.catch(refused);
  } catch (error) {
    return refused(error);
  }
}

/** Ensures that no output of a command moves the cursor, hides text or is a command to a CI runner. */
function withoutControls(terminal: Terminal): Terminal {
  return {
    ...terminal,
    out: (text) => terminal.out(visibleLines(text)),
    err: (text) => terminal.err(`${visible(text.replace(/\n$/, ""))}\n`),
  };
}
