import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths";

interface Contributed {
  readonly command: string;
  readonly title: string;
  readonly category: string;
  readonly enablement?: string;
}

const read = (name: string) => JSON.parse(readFileSync(join(root, name), "utf8"));
const texts: Readonly<Record<string, string>> = read("package.nls.json");
const { commands, menus } = read("package.json").contributes;
const offered: readonly Contributed[] = commands;
const conditional: readonly string[] = menus.commandPalette.map(({ command }: Contributed) => command);

const titleOf = ({ title }: Contributed) => texts[title.replaceAll("%", "")] ?? title;
const label = (command: Contributed, translate = (english: string) => english) =>
  `${command.category}: ${translate(titleOf(command))}`;

/** A command of this extension as the palette shows it, by its id without the name of the extension. */
export function paletteCommand(id: string, translate?: (english: string) => string): string {
  const found = offered.find(({ command }) => command === `systemdContainers.${id}`);
  if (!found) throw new Error(`The palette has no command ${id}.`);
  return label(found, translate);
}

/** The title of a command in a menu of this extension. */
export function menuEntry(id: string): string {
  const found = offered.find(({ command }) => command === `systemdContainers.${id}`);
  if (!found) throw new Error(`There is no command ${id}.`);
  return titleOf(found);
}

/** The ids of these commands. */
export const paletteIds = offered.map(({ command }) => command.replace("systemdContainers.", ""));

/** Of these, what the palette offers whatever is open and runs. */
export const alwaysOffered = offered
  .filter(({ command }) => !conditional.includes(command))
  .map(({ command }) => command.replace("systemdContainers.", ""));

/** Of these, what only works with an engine. */
export const engineCommands = offered.filter(({ enablement }) => enablement).map((command) => label(command));
