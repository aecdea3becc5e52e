import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { containersViewOf } from "../containers-view";
import { assertTranslated, chinese } from "../language";
import { alwaysOffered, paletteCommand } from "../manifest";
import { useEditor } from "../session";
import { files } from "../workspace";

/** Messages of other programs stay as they are. */
const withoutQuotes = (text: string) => text.replace(/"[^"]*"|\([^()]*\)/g, "");

describe("a person whose editor is in Chinese", () => {
  const session = useEditor({
    files,
    language: chinese,
    settings: { "workbench.colorTheme": "Default Light Modern" },
  });

  it("finds each command by its title", async function () {
    const { workbench } = session(this);
    for (const id of alwaysOffered) {
      const title = paletteCommand(id, chinese.translate);
      assert.match(title, chinese.letters);
      const offered = await workbench.commandsFor(title);
      assert.ok(offered.includes(title), offered.join());
    }
    await workbench.screenshot("chinese palette");
  });

  it("reads problems, fixes and hovers", async function () {
    const { workbench } = session(this);
    await workbench.openFile("broken/Dockerfile");
    const squiggle = await workbench.waitForSquiggle("error");
    await workbench.runCommand("Problems: Focus on Problems View");
    assertTranslated(chinese, [withoutQuotes(await workbench.problems(/systemd-containers/))]);
    await workbench.clickOn(squiggle);
    assertTranslated(chinese, await workbench.openLightbulb());
    await workbench.screenshot("chinese fixes");
    await workbench.page.keyboard.press("Escape");
    await workbench.runCommand("Show or Focus Hover");
    const hover = workbench.page.locator(".monaco-hover:visible").first();
    await hover.waitFor();
    assertTranslated(chinese, [withoutQuotes(await hover.innerText())]);
    await workbench.screenshot("chinese hover");
    await workbench.page.keyboard.press("Escape");
  });

  it("reads settings", async function () {
    const { workbench } = session(this);
    await workbench.runCommand("Preferences: Open Settings (UI)");
    const box = workbench.page.locator(".settings-editor .suggest-input-container .inputarea");
    await box.first().waitFor();
    await workbench.page.keyboard.type("@ext:systemd-containers.systemd-containers");
    const items = workbench.page.locator(".settings-editor .setting-item-description:visible");
    const texts = await workbench.until("the settings of the extension", async () => {
      const shown = await items.allInnerTexts();
      return shown.some((text) => chinese.letters.test(text)) ? shown : undefined;
    });
    assertTranslated(chinese, texts.map(withoutQuotes));
    await workbench.screenshot("chinese settings");
  });

  it("reads what the empty view offers", async function () {
    const { workbench } = session(this);
    const view = containersViewOf(workbench, chinese.translate("Containers"));
    await view.open();
    assertTranslated(chinese, [await view.welcome()]);
    await workbench.screenshot("chinese view");
  });
});
