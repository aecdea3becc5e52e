import { visible, visibleLines } from "../core/base/visible";
import { explain } from "./commands/explain";
import { fix } from "./commands/fix";
import { lintPaths } from "./commands/lint";
import { planPath } from "./commands/plan";
import { listRules } from "./commands/rules";
import { UsageError } from "./input/options";
import type { ExitCode, Terminal } from "./terminal";

const commands: Readonly<Record<string, (args: readonly string[], terminal: Terminal) => ExitCode>> = {
  lint: lintPaths,
  fix,
  plan: planPath,
  explain,
  rules: listRules,
};

const usage = `Usage: systemd-containers COMMAND

Finds and repairs what keeps a container whose PID 1 is systemd from booting, says how to start it, and why it
did not boot.

  lint  [--format text|json] [--fail-level error|warning|information|hint|never]
        [--kind dockerfile|compose] [TARGET] PATH…
  fix   [--dry-run] [--hints] [--kind dockerfile|compose] [TARGET] PATH…
  plan  [--format docker|podman|compose|api|explain] [--kind dockerfile|compose] [--show-secrets] [--force]
        [TARGET] PATH[#SERVICE]
  explain [--format text|json] [--exit-code N] [TARGET] [FILE|-]
  rules [--format text|json]

TARGET says which engine will run the container; without it nothing is assumed that a fix would depend on:
  --engine docker|podman  --engine-version V  --cgroup 1|2  --rootless  --userns-remap

fix applies the safe fixes of what is reported as information or higher; --hints includes hints.

explain reads what a container, an engine or a build wrote (docker logs NAME 2>&1 | systemd-containers explain);
--exit-code is the one that the container ended with.

Exit codes: 0 nothing at or above the fail level (default: warning), or a cause that is known; 1 findings, no
plan that boots, or no cause that is known; 2 wrong usage, a file that cannot be read or written, one that
is not YAML, or a Dockerfile that BuildKit rejects.
`;

/** Runs one command line and gives its exit code. Never throws on bad input. */
export function run(args: readonly string[], terminal: Terminal): ExitCode {
  const [name = "", ...rest] = args;
  const options = rest.slice(0, rest.includes("--") ? rest.indexOf("--") : undefined);
  if (["--help", "-h", "help"].includes(name) || options.includes("--help") || options.includes("-h")) {
    terminal.out(usage);
    return 0;
  }
  const safe = withoutControls(terminal);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    if (name) safe.err(`Unknown command: ${name}\n`);
    terminal.err(name ? `\n${usage}` : usage);
    return 2;
  }
  try {
    return command(rest, safe);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    safe.err(`${error.message}\n`);
    safe.err("Try: systemd-containers --help\n");
    return 2;
  }
}

/** Nothing that a command prints moves the cursor, hides text or is a command to a CI runner. */
function withoutControls(terminal: Terminal): Terminal {
  return {
    ...terminal,
    out: (text) => terminal.out(visibleLines(text)),
    err: (text) => terminal.err(`${visible(text.replace(/\n$/, ""))}\n`),
  };
}
