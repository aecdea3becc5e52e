import { category, commands, engineEnablement } from "../../client/src/commands";
import { ruleTexts } from "../../server/src/core/docs/settings";
import { rules } from "../../server/src/core/lint/rules/index";

/** `contributes.commands` of package.json, with titles by their keys in package.nls.json. */
export function contributedCommands() {
  return Object.entries(commands).map(([command, { icon, engine }]) => ({
    command,
    title: `%${keyOf(command)}%`,
    category,
    icon: icon && `$(${icon})`,
    enablement: engine ? engineEnablement : undefined,
  }));
}

/** The texts of package.nls.json that come from tables: titles of commands, descriptions of the rules' settings. */
export function manifestTexts(): Record<string, string> {
  const titles = Object.entries(commands).map(([command, { title }]) => [keyOf(command), title]);
  return { ...Object.fromEntries(titles), ...ruleTexts(rules) };
}

/** `systemdContainers.build` is `commands.build`. */
function keyOf(command: string): string {
  return command.replace(/^[^.]*/, "commands");
}

/** `contributes.menus` of package.json: the palette leaves out what is hidden, the others offer what fits the file. */
export function contributedMenus() {
  const hidden = Object.entries(commands).filter(([, { hidden }]) => hidden);
  return {
    commandPalette: hidden.map(([command]) => ({ command, when: "false" })),
    "editor/title": menu("editor/title"),
    "explorer/context": menu("explorer/context"),
  };
}

function menu(name: "editor/title" | "explorer/context") {
  return Object.entries(commands).flatMap(([command, { files, menus, engine }]) => {
    const group = menus?.[name];
    const when = [files, engine && engineEnablement].filter(Boolean).join(" && ");
    return group === undefined ? [] : [{ command, when, group }];
  });
}
