import { category, commands, engineEnablement } from "../../client/src/commands";
import type { Menus } from "../../client/src/commands/command";
import { ruleTexts, sectionTexts } from "../../server/src/core/docs/settings";
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
  return { ...Object.fromEntries(titles), ...sectionTexts(), ...ruleTexts(rules) };
}

/** `systemdContainers.build` is `commands.build`. */
function keyOf(command: string): string {
  return command.replace(/^[^.]*/, "commands");
}

/** `contributes.menus` of package.json: the palette leaves out what has nothing to work on, the others offer what fits. */
export function contributedMenus() {
  const all = Object.entries(commands);
  return {
    commandPalette: all.flatMap(([command, { needs: when }]) =>
      when === undefined ? [] : [{ command, when }],
    ),
    "editor/title": menu("editor/title"),
    "explorer/context": menu("explorer/context"),
    "view/title": menu("view/title"),
    "file/newFile": menu("file/newFile"),
    "view/item/context": all.flatMap(([command, { nodes }]) => {
      if (!nodes) return [];
      const { of, group, inline } = nodes;
      const when = `${inView} && viewItem =~ /^(${of})$/`;
      const beside = inline === undefined ? [] : [{ command, when, group: `inline@${inline}` }];
      return [{ command, when, group }, ...beside];
    }),
  };
}

const inView = "view == systemdContainers.containers";

function menu(name: keyof Menus) {
  return Object.entries(commands).flatMap(([command, { files, menus, engine }]) => {
    const group = menus?.[name];
    const when = [name === "view/title" ? inView : files, engine && engineEnablement].filter(Boolean);
    return group === undefined ? [] : [{ command, when: when.join(" && ") || undefined, group }];
  });
}
