import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Editor, openEditor } from "../editor";
import { engineCommands } from "../manifest";

describe("a person who does not trust the folder", () => {
  let editor: Editor;

  before(async () => {
    editor = await openEditor({ workspaceTrust: true });
  });

  after(() => editor?.close());

  it("is asked, and says no", async () => {
    const { page, screenshot, knowsExtension } = editor.workbench;
    await page.getByRole("button", { name: "No, I don't trust the authors" }).click();
    await page.getByText("Restricted Mode", { exact: true }).first().waitFor();
    await screenshot("untrusted-banner");
    await knowsExtension();
  });

  it("sees the squiggles", async () => {
    const { workbench } = editor;
    await workbench.openFile("broken/Dockerfile");
    await workbench.waitForSquiggle();
    await workbench.pictures("untrusted");
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
