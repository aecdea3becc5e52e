import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Editor, openEditor } from "../editor";
import { engineCommands } from "../manifest";

describe("a person whose editor runs the extension in the browser", () => {
  const file = "broken/Dockerfile";
  let editor: Editor;

  before(async () => {
    const settings = { "remote.extensionKind": { "systemd-containers.systemd-containers": ["web"] } };
    editor = await openEditor({ settings });
  });

  after(() => editor?.close());

  it("sees the squiggles", async () => {
    const { workbench } = editor;
    await workbench.openFile(file);
    await workbench.waitForSquiggle();
    await workbench.screenshot("web-squiggles");
  });

  it("takes a quick fix from the lightbulb", async () => {
    const { workbench } = editor;
    const before = await workbench.save(file);
    await workbench.clickOn(await workbench.waitForSquiggle());
    const [preferred] = await workbench.openLightbulb();
    assert.ok(preferred);
    await workbench.takeAction(preferred);
    await workbench.waitForChange();
    await workbench.screenshot("web-quick-fix");
    assert.notEqual(await workbench.save(file), before);
  });

  it("is offered no command that reaches an engine", async () => {
    const offered = await editor.workbench.commandsFor("Systemd Containers:");
    assert.ok(offered.length > 0, "the extension's other commands are there");
    assert.deepEqual(
      offered.filter((label) => engineCommands.includes(label)),
      [],
    );
  });
});
