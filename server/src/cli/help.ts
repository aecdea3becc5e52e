import type { Command } from "./command";
import { type Option, targetOptions } from "./input/options";

/** Columns of a line of the help. */
const width = 107;

/** What `--help` prints: the commands with their options, and what the exit codes mean. */
export function help(commands: readonly Command[]): string {
  return `Usage: systemd-containers COMMAND

Finds and repairs what keeps a container whose PID 1 is systemd from booting, says how to start it, and why it
did not boot.

${commands.map(usageOf).join("")}
TARGET says which engine will run the container; without it nothing is assumed that a fix would depend on:
  ${Object.entries(targetOptions)
    .map(([name, option]) => optionOf(name, option))
    .join("  ")}
--cgroup hybrid is cgroup v1 without the hierarchy name=systemd: WSL2 kernels, hosts that do not run systemd.

${commands.map(({ about }) => (about === undefined ? "" : `${about}\n`)).join("")}\
Exit codes: 0 nothing at or above the fail level (default: warning), or a cause that is known; 1 findings, no
plan that boots, or no cause that is known; 2 wrong usage, a file that cannot be read or written, one that
is not YAML, a Dockerfile that BuildKit rejects, or a directory that holds neither a Dockerfile nor a compose
file.
`;
}

/** A command with its options and what follows them, in lines of at most that many columns. */
function usageOf({ name, options, usage }: Command): string {
  const words = [
    ...Object.entries(options).map(
      ([name, option]) =>
        `[${optionOf(name, option)}]${"multiple" in option && option.multiple ? "..." : ""}`,
    ),
    ...usage.split(" ").filter((word) => word !== ""),
  ];
  const lines: string[] = [];
  let line = `  ${name.padEnd(5)}`;
  for (const word of words) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(7);
    }
    line += ` ${word}`;
  }
  return [...lines, line].map((each) => `${each}\n`).join("");
}

function optionOf(name: string, option: Option): string {
  return `--${name}${argumentOf(option)}`;
}

function argumentOf(option: Option): string {
  if ("choices" in option) return ` ${option.choices.join("|")}`;
  return "value" in option ? ` ${option.value}` : "";
}
