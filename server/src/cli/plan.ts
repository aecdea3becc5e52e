import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Launch, launches } from "../core/launch/launch";
import { isPlan } from "../core/launch/plan";
import { commandFor, createOptions, displayCommand, explain, renderCompose } from "../core/launch/render";
import type { LaunchPlan } from "../core/launch/types";
import { format } from "../core/message";
import { visible, visibleJson } from "../core/visible";
import { type InputFile, readInputs } from "./files";
import { oneOf, parse, targetOf, UsageError } from "./options";
import type { ExitCode, Terminal } from "./run";

/** `plan`: how to start an image or a service, with the least privilege; 1 when no flags make it boot. */
export function planPath(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, paths } = parse(args, { format: { type: "string" }, kind: { type: "string" } });
  const shape = oneOf("format", values.format, ["docker", "podman", "compose", "api", "explain"]);
  const kind = values.kind === undefined ? undefined : oneOf("kind", values.kind, ["dockerfile", "compose"]);
  const [given, ...more] = paths;
  if (given === undefined || more.length > 0) throw new UsageError("plan needs exactly one PATH.");
  const target = targetOf(values) ?? (shape === "podman" ? { engine: "podman" } : undefined);
  if (shape === "podman" && target?.engine !== "podman") {
    throw new UsageError("--format podman goes with --engine podman: Podman needs other flags than Docker.");
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
    terminal.err(`${file.name}: ${format(launch.plan.refused)}\n`);
    return 1;
  }
  terminal.out(render(launch.plan, shape, launch.name));
  return 0;
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

function render(plan: LaunchPlan, shape: string, name: string): string {
  const { run, image } = plan;
  switch (shape) {
    case "podman":
      return `${displayCommand(commandFor(plan, "podman"))}\n`;
    case "compose":
      return renderCompose({ ...run, image: image.reference }, name);
    case "api":
      return `${visibleJson(createOptions(run, image.reference))}\n`;
    case "explain":
      return explain(plan)
        .map(({ what, why, cost }) => `${what}: ${format(why)}${cost ? ` Cost: ${format(cost)}` : ""}`)
        .map((line) => `${visible(line)}\n`)
        .join("");
    default:
      return `${displayCommand(commandFor(plan, "docker"))}\n`;
  }
}
