import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Editor, openEditor } from "../editor";
import { files } from "../workspace";

describe("a person with a Dockerfile that does not boot", () => {
  const file = "broken/Dockerfile";
  let editor: Editor;

  before(async () => {
    editor = await openEditor({ files });
  });

  after(() => editor?.close());

  it("sees the squiggles", async () => {
    const { workbench } = editor;
    await workbench.openFile(file);
    await workbench.waitForSquiggle();
    await workbench.screenshot("squiggles");
  });

  it("takes a quick fix from the lightbulb", async () => {
    const { workbench } = editor;
    const before = await workbench.save(file);
    await workbench.clickOn(await workbench.waitForSquiggle());
    const [preferred] = await workbench.openLightbulb();
    assert.ok(preferred);
    await workbench.screenshot("lightbulb");
    await workbench.takeAction(preferred);
    await workbench.waitForChange();
    await workbench.screenshot("after-quick-fix");
    assert.notEqual(await workbench.save(file), before);
  });

  it("fixes all from the palette", async () => {
    const { workbench } = editor;
    const before = await workbench.save(file);
    await workbench.fixAll();
    await workbench.screenshot("after-fix-all");
    assert.notEqual(await workbench.save(file), before);
  });

  it("sees the file that a quick fix makes", async () => {
    const { workbench } = editor;
    await workbench.openFile("worker/Dockerfile");
    await workbench.clickOn(await workbench.firstLine());
    await workbench.page.keyboard.press("Control+End");
    await workbench.page.keyboard.press("ArrowUp");
    await workbench.page.keyboard.press("End");
    await workbench.page.locator(".squiggly-hint").first().waitFor({ state: "attached" });
    await workbench.openLightbulb();
    await workbench.takeAction("compose.yaml");
    await workbench.page.locator('.tab.active[data-resource-name="compose.yaml"]').waitFor();
    await workbench.screenshot("compose-created");
  });
});
