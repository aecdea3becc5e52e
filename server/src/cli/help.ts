import type { Command } from "./command";
import { kindOption, type Option, targetOptions } from "./input/options";
import { texts } from "./texts";

/** The maximum width of a help line, in columns. */
const width = 107;

/** The output of `--help`: the commands with their options, and the exit codes. */
export function help(commands: readonly Command[]): string {
  return `${texts.usage}

Lint, fix and launch Docker and Podman containers that run systemd as PID 1.

${commands.map(usageOf).join("")}
TARGET is the engine that runs the container; without these options, fixes assume no engine:
  ${Object.entries(targetOptions)
    .map(([name, option]) => optionOf(name, option))
    .join("  ")}
--cgroup hybrid is cgroup v1 without the name=systemd hierarchy, as on WSL2 kernels and hosts without systemd.

KIND is one of:
${wrapped(" ", kindOption.choices, " ")}
${commands.map(({ about }) => (about === undefined ? "" : `${about}\n`)).join("")}\
Exit codes: 0 no finding at or above the fail level (default: warning), a plan that boots, a known cause, a
successful boot, or an inspected image; 1 findings, no plan that boots, no known cause, a failed boot or check,
or no such image on the engine; 2 invalid usage, units that cannot be verified, a file that cannot be read or
written or is not valid YAML, a Dockerfile that BuildKit rejects, or
${texts.withoutFiles};
3 no engine responds to boot, verify, inspect or lint --inspect.
`;
}

/** A command with its options and operands, wrapped to `width` columns. */
function usageOf({ name, options, usage }: Command): string {
  const words = [
    ...Object.entries(options).map(
      ([name, option]) =>
        `[${optionOf(name, option)}]${"multiple" in option && option.multiple ? "..." : ""}`,
    ),
    ...usage.split(" ").filter((word) => word !== ""),
  ];
  return wrapped(`  ${name.padEnd(5)}`, words, " ".repeat(7));
}

/** Wraps words to `width` columns. `first` begins the first line, and `others` the following lines. */
function wrapped(first: string, words: readonly string[], others: string): string {
  const lines: string[] = [];
  let line = first;
  for (const word of words) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = others;
    }
    line += ` ${word}`;
  }
  return [...lines, line].map((each) => `${each}\n`).join("");
}

function optionOf(name: string, option: Option): string {
  return `--${name}${argumentOf(option)}`;
}

function argumentOf(option: Option): string {
  if ("choices" in option) return ` ${option.word ?? option.choices.join("|")}`;
  return "value" in option ? ` ${option.value}` : "";
}
