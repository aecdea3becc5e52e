import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands, engineEnablement } from "../../client/src/commands";

const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
const { contributes, capabilities } = manifest;
const category = "Systemd Containers";

describe("package.json says what the table of commands says", () => {
  test("every command, its title, and when it can be chosen", () => {
    const wanted = Object.entries(commands).map(([command, { title, engine }]) => ({
      command,
      title,
      category,
      ...(engine ? { enablement: engineEnablement } : {}),
    }));
    const found = contributes.commands.map(({ icon, ...rest }: { icon?: string }) => rest);
    expect(found).toEqual(wanted);
  });

  test("the palette leaves out what only other parts call", () => {
    const hidden = Object.entries(commands).filter(([, { hidden }]) => hidden);
    expect(contributes.menus.commandPalette).toEqual(hidden.map(([command]) => ({ command, when: "false" })));
  });

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

  test("activation is narrow: an empty window starts nothing of ours", () => {
    const wide = (event: string) => /^(\*|onStartup.*|onCommand.*)$/.test(event);
    expect(manifest.activationEvents.filter(wide)).toEqual([]);
  });
});
