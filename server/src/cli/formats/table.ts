import { api } from "./api";
import { compose } from "./compose";
import { devcontainer } from "./devcontainer";
import { docker } from "./docker";
import { explain } from "./explain";
import type { Format, Planned, Renderers } from "./format";
import { json } from "./json";
import { junit } from "./junit";
import { kubernetes } from "./kubernetes";
import { molecule } from "./molecule";
import { podman } from "./podman";
import { quadlet } from "./quadlet";
import { text } from "./text";

/** The output formats, in the order of the help text. A command's default is the first that it offers. */
export const formats: readonly Format[] = [
  ...[text, json, junit],
  ...[docker, podman, quadlet, compose, devcontainer, molecule, kubernetes, api, explain],
];

/** The `--format` option of a command. */
export function formatOption(command: keyof Renderers) {
  return { type: "string", choices: offered(command).map(({ name }) => name) } as const;
}

/** Returns the function that renders the output of a command. Throws if the command does not offer the format. */
export function renderer<Command extends keyof Renderers>(
  command: Command,
  name: string | undefined,
): NonNullable<Format[Command]> {
  const format = offered(command).find((each) => name === undefined || each.name === name);
  const render = format?.[command];
  if (!render) throw new RangeError(`${command} has no format ${name}.`);
  return render;
}

/** The parts of a plan that a format cannot express, as flags. */
export function unsaidIn(name: string, planned: Planned): readonly string[] {
  return formats.find((format) => format.name === name)?.unsaid?.(planned) ?? [];
}

function offered(command: keyof Renderers): readonly Format[] {
  return formats.filter((format) => format[command] !== undefined);
}
