import { format as formatMessage } from "../../core/base/message";
import { folderOf } from "../../core/base/uri";
import type { Target } from "../../core/engine";
import { obstacles } from "../../core/lint/unfixed";
import { hiddenNames } from "../../core/plan/own";
import { isPlan } from "../../core/plan/plan";
import type { LaunchPlan } from "../../core/plan/types";
import { type Launch, launches } from "../../core/project/plans";
import type { FileKind } from "../../core/surfaces/files";
import type { Command } from "../command";
import type { ExitCode } from "../exit-code";
import type { Planned } from "../formats/format";
import { formatOption, renderer, unsaidIn } from "../formats/table";
import { readInputs } from "../input/files";
import { type NamedInput, onlyLaunch, readNamed } from "../input/named";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import type { Terminal } from "../terminal";
import { texts } from "../texts";

const options = {
  format: formatOption("plan"),
  kind: kindOption,
  "show-secrets": { type: "boolean" },
  force: { type: "boolean" },
  file: { type: "string", value: "FILE", multiple: true, short: "f" },
} as const satisfies Options;

/**
 * `plan`: prints how to start an image or a service with the least privilege. Exits with code 1 if no flags make it
 * boot, or if lint reports an error that the plan does not fix.
 */
export const plan: Command<typeof options> = {
  name: "plan",
  options,
  usage: "[TARGET] PATH[#SERVICE]|[SERVICE]",
  about: `\
With --file (-f), plan merges Compose files in the given order, as Compose does, and expects the name of a
SERVICE instead of PATH.
`,
  run: planPath,
};

function planPath(line: Arguments<typeof options>, terminal: Terminal): ExitCode {
  const { format, kind } = line.values;
  const secrets = line.values["show-secrets"] === true;
  const engine = engineOf(format);
  const target = line.target ?? (engine === "podman" ? { engine } : undefined);
  if (format && engine && target && target.engine !== engine) {
    throw new UsageError(texts.formatOfEngine(format, engine));
  }

  const input = line.values.file
    ? readMerged(line.values.file, line.paths, terminal)
    : readPath(line.paths, kind, terminal);
  if (!input) return 2;
  const { file, snapshot, name, started } = input;
  const launch = onlyLaunch(launches({ ...file, snapshot }, target, { name, ...started }), input, terminal);
  if (!launch) return 2;
  const found = planThatBoots(launch, input, target, line.values.force === true, terminal);
  if (!found) return 1;
  const planned = { launch, plan: found, secrets, folder: folderOf(file.uri) };
  const used = format ?? found.facts.engine;
  terminal.out(renderer("plan", used)(planned));
  for (const each of leftOut(planned, used)) terminal.err(`${file.name}: ${each}\n`);
  return 0;
}

/** The engine that an output format is for. */
function engineOf(format: string | undefined): "docker" | "podman" | undefined {
  if (format === "docker" || format === "podman") return format;
  return format === "quadlet" ? "podman" : undefined;
}

/** The Compose files given with `-f`, in the given order. Reports why one cannot be read. */
function readMerged(
  paths: readonly string[],
  [name, ...more]: readonly string[],
  terminal: Terminal,
): NamedInput | undefined {
  if (more.length > 0) throw new UsageError(texts.onlyService);
  const { files, large, snapshot, failed, searched } = readInputs(paths, "compose", terminal);
  for (const { name: file } of large) terminal.err(`${file}: ${texts.tooLarge}\n`);
  if (searched) terminal.err(`${texts.onlyFiles}\n`);
  const [file, ...others] = files;
  if (failed || searched || large.length > 0 || !file) return undefined;
  const asked = (service = "") => `plan ${paths.map((path) => `-f ${path}`).join(" ")} ${service}`;
  return { file, snapshot, name, asked, started: { files: others.map(({ uri }) => uri) } };
}

function readPath(
  [path, ...more]: readonly string[],
  kind: FileKind | undefined,
  terminal: Terminal,
): NamedInput | undefined {
  if (path === undefined || more.length > 0) throw new UsageError(texts.needsPath);
  return readNamed(path, kind, terminal);
}

/** The plan of a launch. Reports why there is no plan, or, unless `force` is set, why the plan would not boot. */
function planThatBoots(
  launch: Launch,
  { file, snapshot, started }: NamedInput,
  target: Target,
  force: boolean,
  terminal: Terminal,
): LaunchPlan | undefined {
  if (launch.boot.boots === "no") {
    terminal.err(`${file.name}: ${texts.noEntrypoint}\n`);
  }
  if (!isPlan(launch.plan)) {
    terminal.err(`${file.name}: ${formatMessage(launch.plan.refused)}\n`);
    return undefined;
  }
  const errors = obstacles({ ...file, snapshot, started, settings: { rules: {}, target } }, launch);
  for (const message of errors) terminal.err(`${file.name}: ${formatMessage(message)}\n`);
  if (errors.length === 0 || force) return launch.plan;
  terminal.err(`${file.name}: ${texts.notPlanned}\n`);
  return undefined;
}

/**
 * Notes about the settings of a service and the values that are missing from the output. Nothing is missing from a
 * completed file.
 */
function leftOut(planned: Planned, format: string): string[] {
  const { plan, launch, secrets } = planned;
  if (launch.completedKind === format && launch.completed !== undefined) return [];
  const left = [...(plan.own?.left ?? []), ...unsaidIn(format, planned)];
  const hidden = secrets ? [] : hiddenNames(plan);
  return [
    ...(left.length > 0 && format !== "explain" ? [texts.leftOut(left.join(", "))] : []),
    ...(hidden.length > 0 ? [texts.hidden(hidden.join(", "), takenFrom[format] ?? "your shell")] : []),
  ];
}

/** Where a value comes from at run time if a file contains only the variable's name, or leaves it out. */
const takenFrom: Readonly<Record<string, string>> = {
  quadlet: "the service",
  molecule: "the file",
  kubernetes: "the file",
};
