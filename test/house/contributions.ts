import { category, commands, engineEnablement } from "../../client/src/commands";

/** `contributes.commands` of package.json. */
export function contributedCommands() {
  return Object.entries(commands).map(([command, { title, icon, engine }]) => ({
    command,
    title,
    category,
    icon: icon && `$(${icon})`,
    enablement: engine ? engineEnablement : undefined,
  }));
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
