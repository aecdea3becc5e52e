import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands, engineEnablement } from "../../client/src/commands";

const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
const { contributes, capabilities } = manifest;

describe("what package.json says of the commands", () => {
  test.each(["editor/title", "explorer/context"])(
    "%s offers commands of the table, engines only under trust",
    (menu) => {
      const items: { command: string; when: string }[] = contributes.menus[menu];
      expect(items.length).toBeGreaterThan(0);
      for (const { command, when } of items) {
        expect(commands).toHaveProperty([command]);
        if (commands[command]?.engine) expect(when).toContain(engineEnablement);
      }
    },
  );

  test("no engine address is taken from an untrusted workspace", () => {
    expect(capabilities.untrustedWorkspaces.restrictedConfigurations).toContain(
      "systemdContainers.engine.host",
    );
  });

  test("the address of an engine can be set by the user of a remote window, too", () => {
    const settings = contributes.configuration.flatMap(({ properties }: { properties: object }) =>
      Object.entries(properties),
    );
    expect(new Map<string, { scope: string }>(settings).get("systemdContainers.engine.host")?.scope).toBe(
      "window",
    );
  });

  test("each kind of file that boots has the button in the title bar", () => {
    const items: { command: string; group: string }[] = contributes.menus["editor/title"];
    const buttons = items.filter(({ group }) => group.startsWith("navigation"));
    expect(buttons.map(({ command }) => command)).toEqual([
      "systemdContainers.buildAndBoot",
      "systemdContainers.bootComposeService",
    ]);
    for (const { command } of buttons) expect(commands[command]?.icon).toBe("vm-running");
  });

  test("the palette offers what works on containers and journals only where there are some", () => {
    const palette: { command: string; when: string }[] = contributes.menus.commandPalette;
    const when = (name: string) =>
      palette.find(({ command }) => command === `systemdContainers.${name}`)?.when;
    for (const name of ["stop", "restart", "openShell", "updateUnit"])
      expect(when(name)).toBe("!systemdContainers.nothingRuns");
    for (const name of ["remove", "commit", "tag", "push"])
      expect(when(name)).toBe("!systemdContainers.nothingRuns || !systemdContainers.nothingStopped");
    for (const name of ["toggleJournal", "stopJournal"])
      expect(when(name)).toBe("systemdContainers.followsJournal");
  });

  test("activation is narrow: an empty window starts nothing of ours", () => {
    const wide = (event: string) => /^(\*|onStartup.*|onCommand.*)$/.test(event);
    expect(manifest.activationEvents.filter(wide)).toEqual([]);
  });
});
