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
const { commands, menus } = read("package.json").contributes;
const texts: Readonly<Record<string, string>> = read("package.nls.json");
const hidden: readonly string[] = menus.commandPalette
  .filter(({ when }: { readonly when: string }) => when === "false")
  .map(({ command }: Contributed) => command);
const offered: readonly Contributed[] = commands.filter(
  ({ command }: Contributed) => !hidden.includes(command),
);

const label = ({ category, title }: Contributed) => `${category}: ${texts[title.replaceAll("%", "")]}`;

/** The commands of this extension, as the palette shows them. */
export const paletteCommands = offered.map(label);

/** Of these, what only works with an engine. */
export const engineCommands = offered.filter(({ enablement }) => enablement).map(label);
