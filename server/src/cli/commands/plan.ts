import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { format as formatMessage } from "../../core/base/message";
import { visible, visibleJson } from "../../core/base/visible";
import { obstacles } from "../../core/lint/unrepaired";
import { hiddenNames, masked } from "../../core/plan/own";
import { isPlan } from "../../core/plan/plan";
import {
  commandFor,
  createOptions,
  displayCommand,
  explain,
  renderCompose,
} from "../../core/plan/render/command";
import { otherOptions } from "../../core/plan/render/other-options";
import type { LaunchPlan } from "../../core/plan/types";
import { type Launch, launches } from "../../core/project/plans";
import { readInputs } from "../input/files";
import type { InputFile } from "../input/input-file";
import { oneOf, parse, targetOf, UsageError } from "../input/options";
import type { ExitCode, Terminal } from "../terminal";

type Format = "docker" | "podman" | "compose" | "api" | "explain";

/** `plan`: how to start an image or a service, with the least privilege; 1 when no flags make it boot, or when lint
 * reports an error that the plan does not mend. */
export function planPath(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, paths } = parse(args, {
    format: { type: "string" },
    kind: { type: "string" },
    "show-secrets": { type: "boolean" },
    force: { type: "boolean" },
  });
  const stated =
    values.format === undefined
      ? undefined
      : oneOf("format", values.format, ["docker", "podman", "compose", "api", "explain"]);
  const kind = values.kind === undefined ? undefined : oneOf("kind", values.kind, ["dockerfile", "compose"]);
  const secrets = values["show-secrets"] === true;
  const [given, ...more] = paths;
  if (given === undefined || more.length > 0) throw new UsageError("plan needs exactly one PATH.");
  const target = targetOf(values) ?? (stated === "podman" ? { engine: "podman" } : undefined);
  if ((stated === "podman" || stated === "docker") && target && target.engine !== stated) {
    throw new UsageError(
      `--format ${stated} goes with --engine ${stated}: Podman needs other flags than Docker.`,
    );
  }

  // A name may follow the path; a file whose own name has a # is found by its whole name first.
  const named = existsSync(resolve(terminal.cwd, given)) ? null : /^(.*[^/])#([^#/]+)$/.exec(given);
  const [, path = given, name] = named ?? [];
  const { files, large, snapshot, failed } = readInputs([path], kind, terminal);
  const file = files[0];
  if (failed || !file) {
    if (large.length > 0) terminal.err(`${path}: not read: it is larger than 1 MB.\n`);
    else if (!failed) terminal.err(`${path}: holds neither a Dockerfile nor a compose file.\n`);
    return 2;
  }
  if (files.length > 1) {
    terminal.err(`${path}: holds several files: ${files.map((each) => each.name).join(", ")}. Name one.\n`);
    return 2;
  }
  const found = launches({ ...file, snapshot }, target, { name });
  const launch = only(found, file, name, terminal);
  if (!launch) return 2;
  if (launch.boot.boots === "no") {
    terminal.err(`${file.name}: nothing in it is known to start systemd; planned as if the image did.\n`);
  }
  if (!isPlan(launch.plan)) {
    terminal.err(`${file.name}: ${formatMessage(launch.plan.refused)}\n`);
    return 1;
  }
  const errors = obstacles({ ...file, snapshot, settings: { rules: {}, target } }, launch);
  for (const message of errors) terminal.err(`${file.name}: ${formatMessage(message)}\n`);
  if (errors.length > 0 && values.force !== true) {
    terminal.err(
      `${file.name}: no flag of the plan mends that. Use --force to print the command all the same.\n`,
    );
    return 1;
  }
  terminal.out(render(launch, launch.plan, stated ?? launch.plan.facts.engine, secrets));
  for (const line of leftOut(launch.plan, stated, secrets)) terminal.err(`${file.name}: ${line}\n`);
  return 0;
}

/** What the output does not say of a service, a line each; a completed compose file says all of it. */
function leftOut(plan: LaunchPlan, stated: Format | undefined, secrets: boolean): string[] {
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

function render({ name, completed }: Launch, plan: LaunchPlan, format: Format, secrets: boolean): string {
  const { image } = plan;
  switch (format) {
    case "compose":
      return completed ?? renderCompose({ ...plan.run, image: image.reference }, name);
    case "api":
      return `${visibleJson(createOptions(secrets ? plan.run : masked(plan), image.reference))}\n`;
    case "explain":
      return explain(plan)
        .map(
          ({ what, why, cost }) =>
            `${what}: ${formatMessage(why)}${cost ? ` Cost: ${formatMessage(cost)}` : ""}`,
        )
        .map((line) => `${visible(line)}\n`)
        .join("");
    default:
      return `${displayCommand(commandFor(plan, format, { secrets }))}\n`;
  }
}
