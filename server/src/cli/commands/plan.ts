import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { format as formatMessage } from "../../core/base/message";
import type { Snapshot } from "../../core/base/snapshot";
import type { Target } from "../../core/engine";
import { obstacles } from "../../core/lint/unfixed";
import { hiddenNames } from "../../core/plan/own";
import { isPlan } from "../../core/plan/plan";
import { otherOptions } from "../../core/plan/render/other-options";
import { renderQuadlet } from "../../core/plan/render/quadlet";
import type { LaunchPlan } from "../../core/plan/types";
import { type Launch, launches } from "../../core/project/plans";
import type { FileKind } from "../../core/surfaces/files";
import type { Started } from "../../core/surfaces/surface";
import type { Command } from "../command";
import { formatOption, renderer } from "../formats/table";
import { readInputs } from "../input/files";
import type { InputFile } from "../input/input-file";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import type { ExitCode, Terminal } from "../terminal";
import { texts } from "../texts";

const options = {
  format: formatOption("plan"),
  kind: kindOption,
  "show-secrets": { type: "boolean" },
  force: { type: "boolean" },
  file: { type: "string", value: "FILE", multiple: true, short: "f" },
} as const satisfies Options;

/** `plan`: how to start an image or a service, with the least privilege; 1 when no flags make it boot, or when lint
 * reports an error that the plan does not fix. */
export const plan: Command<typeof options> = {
  name: "plan",
  options,
  usage: "[TARGET] PATH[#SERVICE]|[SERVICE]",
  about: `\
With --file (-f), plan merges compose files in the given order, as compose does, and expects the name of a
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
    : readNamed(line.paths, kind, terminal);
  if (!input) return 2;
  const { file, snapshot, name, started } = input;
  const launch = only(launches({ ...file, snapshot }, target, { name, ...started }), input, terminal);
  if (!launch) return 2;
  const found = planThatBoots(launch, input, target, line.values.force === true, terminal);
  if (!found) return 1;
  terminal.out(renderer("plan", format ?? found.facts.engine)({ launch, plan: found, secrets }));
  for (const each of leftOut(found, launch, format, secrets)) terminal.err(`${file.name}: ${each}\n`);
  return 0;
}

/** The engine that a format is for. */
function engineOf(format: string | undefined): "docker" | "podman" | undefined {
  if (format === "docker" || format === "podman") return format;
  return format === "quadlet" ? "podman" : undefined;
}

interface Input {
  /** The first one, where there are several. */
  readonly file: InputFile;
  readonly snapshot: Snapshot;
  /** Set where the files to be merged are stated. */
  readonly started?: Started;
  /** The requested stage or service. */
  readonly name: string | undefined;
  /** The arguments that request another one. */
  asked(name: string | undefined): string;
}

/** The compose files that `-f` names, in their order; reports why one cannot be read. */
function readMerged(
  paths: readonly string[],
  [name, ...more]: readonly string[],
  terminal: Terminal,
): Input | undefined {
  if (more.length > 0) throw new UsageError(texts.onlyService);
  const { files, large, snapshot, failed, searched } = readInputs(paths, "compose", terminal);
  for (const { name: file } of large) terminal.err(`${file}: ${texts.tooLarge}\n`);
  if (searched) terminal.err(`${texts.onlyFiles}\n`);
  const [file, ...others] = files;
  if (failed || searched || large.length > 0 || !file) return undefined;
  const asked = (service = "") => `plan ${paths.map((path) => `-f ${path}`).join(" ")} ${service}`;
  return { file, snapshot, name, asked, started: { files: others.map(({ uri }) => uri) } };
}

/**
 * The one file that a path names, and the name after it; reports why there is none, or more than one. A file whose
 * own name has a # is found by its whole name first.
 */
function readNamed(
  [given, ...more]: readonly string[],
  kind: FileKind | undefined,
  terminal: Terminal,
): Input | undefined {
  if (given === undefined || more.length > 0) throw new UsageError(texts.needsPath);
  const named = existsSync(resolve(terminal.cwd, given)) ? null : /^(.*[^/])#([^#/]+)$/.exec(given);
  const [, path = given, name] = named ?? [];
  const { files, large, snapshot, failed } = readInputs([path], kind, terminal);
  const file = files[0];
  if (failed || !file) {
    if (large.length > 0) terminal.err(`${path}: ${texts.tooLarge}\n`);
    return undefined;
  }
  if (files.length > 1) {
    terminal.err(`${path}: ${texts.severalFiles(files.map((each) => each.name).join(", "))}\n`);
    return undefined;
  }
  return { file, snapshot, name, asked: (other) => `${file.name}#${other}` };
}

/** The plan of a launch; reports why there is none, or none that boots unless it is forced. */
function planThatBoots(
  launch: Launch,
  { file, snapshot, started }: Input,
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

/** The settings of a service that the output does not contain, a line each; a completed file contains all. */
function leftOut(
  plan: LaunchPlan,
  { completedKind }: Launch,
  stated: string | undefined,
  secrets: boolean,
): string[] {
  if (completedKind !== undefined && completedKind === stated) return [];
  const left = [...(plan.own?.left ?? []), ...unsaidIn(plan, stated)];
  const hidden = secrets ? [] : hiddenNames(plan);
  return [
    ...(left.length > 0 && stated !== "explain" ? [texts.leftOut(left.join(", "))] : []),
    ...(hidden.length > 0
      ? [texts.hidden(hidden.join(", "), stated === "quadlet" ? "the service" : "your shell")]
      : []),
  ];
}

/** What a format has no place for, as flags. */
function unsaidIn({ spec, image }: LaunchPlan, format: string | undefined): readonly string[] {
  if (format === "api") return otherOptions(spec).unsaid.map((flag) => `--${flag}`);
  return format === "quadlet" ? renderQuadlet(spec, image.reference).unsaid : [];
}

function only(
  found: readonly Launch[],
  { file, name, asked }: Input,
  terminal: Terminal,
): Launch | undefined {
  if (found.length === 1) return found[0];
  const names = found.map((launch) => launch.name).join(", ");
  const what = file.kind === "compose" ? "service" : file.kind === "dockerfile" ? "stage" : "container";
  const why =
    found.length > 1
      ? texts.severalServices(names, asked(found[0]?.name))
      : name
        ? texts.notFound(what, name)
        : texts.noneStarts(what);
  terminal.err(`${file.name}: ${why}\n`);
  return undefined;
}
