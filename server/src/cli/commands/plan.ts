import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { format as formatMessage } from "../../core/base/message";
import type { Snapshot } from "../../core/base/snapshot";
import type { Target } from "../../core/engine";
import { obstacles } from "../../core/lint/unrepaired";
import { hiddenNames } from "../../core/plan/own";
import { isPlan } from "../../core/plan/plan";
import { otherOptions } from "../../core/plan/render/other-options";
import type { LaunchPlan } from "../../core/plan/types";
import { type Launch, launches } from "../../core/project/plans";
import type { FileKind } from "../../core/surfaces/files";
import type { Command } from "../command";
import { formatOption, renderer } from "../formats/table";
import { readInputs } from "../input/files";
import type { InputFile } from "../input/input-file";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import type { ExitCode, Terminal } from "../terminal";

const options = {
  format: formatOption("plan"),
  kind: kindOption,
  "show-secrets": { type: "boolean" },
  force: { type: "boolean" },
} as const satisfies Options;

/** `plan`: how to start an image or a service, with the least privilege; 1 when no flags make it boot, or when lint
 * reports an error that the plan does not mend. */
export const plan: Command<typeof options> = {
  name: "plan",
  options,
  usage: "[TARGET] PATH[#SERVICE]",
  run: planPath,
};

function planPath(line: Arguments<typeof options>, terminal: Terminal): ExitCode {
  const { format, kind } = line.values;
  const secrets = line.values["show-secrets"] === true;
  const [given, ...more] = line.paths;
  if (given === undefined || more.length > 0) throw new UsageError("plan needs exactly one PATH.");
  const target = line.target ?? (format === "podman" ? { engine: "podman" } : undefined);
  if ((format === "podman" || format === "docker") && target && target.engine !== format) {
    throw new UsageError(
      `--format ${format} goes with --engine ${format}: Podman needs other flags than Docker.`,
    );
  }

  // A name may follow the path; a file whose own name has a # is found by its whole name first.
  const named = existsSync(resolve(terminal.cwd, given)) ? null : /^(.*[^/])#([^#/]+)$/.exec(given);
  const [, path = given, name] = named ?? [];
  const input = readOne(path, kind, terminal);
  if (!input) return 2;
  const { file } = input;
  const launch = only(
    launches({ ...file, snapshot: input.snapshot }, target, { name }),
    file,
    name,
    terminal,
  );
  if (!launch) return 2;
  const found = planThatBoots(launch, input, target, line.values.force === true, terminal);
  if (!found) return 1;
  terminal.out(renderer("plan", format ?? found.facts.engine)({ launch, plan: found, secrets }));
  for (const each of leftOut(found, format, secrets)) terminal.err(`${file.name}: ${each}\n`);
  return 0;
}

interface Input {
  readonly file: InputFile;
  readonly snapshot: Snapshot;
}

/** The one file that a path names; says why there is none, or not one. */
function readOne(path: string, kind: FileKind | undefined, terminal: Terminal): Input | undefined {
  const { files, large, snapshot, failed } = readInputs([path], kind, terminal);
  const file = files[0];
  if (failed || !file) {
    if (large.length > 0) terminal.err(`${path}: not read: it is larger than 1 MB.\n`);
    return undefined;
  }
  if (files.length > 1) {
    terminal.err(`${path}: holds several files: ${files.map((each) => each.name).join(", ")}. Name one.\n`);
    return undefined;
  }
  return { file, snapshot };
}

/** The plan of a launch; says why there is none, or none that boots unless it is forced. */
function planThatBoots(
  launch: Launch,
  { file, snapshot }: Input,
  target: Target,
  force: boolean,
  terminal: Terminal,
): LaunchPlan | undefined {
  if (launch.boot.boots === "no") {
    terminal.err(`${file.name}: nothing in it is known to start systemd; planned as if the image did.\n`);
  }
  if (!isPlan(launch.plan)) {
    terminal.err(`${file.name}: ${formatMessage(launch.plan.refused)}\n`);
    return undefined;
  }
  const errors = obstacles({ ...file, snapshot, settings: { rules: {}, target } }, launch);
  for (const message of errors) terminal.err(`${file.name}: ${formatMessage(message)}\n`);
  if (errors.length === 0 || force) return launch.plan;
  terminal.err(
    `${file.name}: no flag of the plan mends that. Use --force to print the command all the same.\n`,
  );
  return undefined;
}

/** What the output does not say of a service, a line each; a completed compose file says all of it. */
function leftOut(plan: LaunchPlan, stated: string | undefined, secrets: boolean): string[] {
  if (stated === "compose") return [];
  const unsaid = stated === "api" ? otherOptions(plan.run).unsaid.map((flag) => `--${flag}`) : [];
  const left = [...(plan.own?.left ?? []), ...unsaid];
  const hidden = secrets ? [] : hiddenNames(plan);
  return [
    ...(left.length > 0 && stated !== "explain" ? [`not carried over: ${left.join(", ")}`] : []),
    ...(hidden.length > 0
      ? [`values not printed: ${hidden.join(", ")}. Set them in your shell, or use --show-secrets.`]
      : []),
  ];
}

function only(
  found: readonly Launch[],
  file: InputFile,
  name: string | undefined,
  terminal: Terminal,
): Launch | undefined {
  if (found.length === 1) return found[0];
  const names = found.map((launch) => launch.name).join(", ");
  const what = file.kind === "compose" ? "service" : "stage";
  terminal.err(
    found.length > 1
      ? `${file.name}: several services start systemd: ${names}. Name one: ${file.name}#${found[0]?.name}\n`
      : name
        ? `${file.name}: there is no ${what} ${name}.\n`
        : `${file.name}: no ${what} in it starts systemd.\n`,
  );
  return undefined;
}
