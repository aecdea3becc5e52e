import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { format, type Message } from "../../../server/src/core/base/message";
import { signals } from "../../../server/src/core/language/words/signals";
import { type Editor, openEditor } from "../editor";
import { paletteCommand } from "../manifest";
import { files } from "../workspace";

const [halt] = signals;
const fact = format(halt?.fact as Message);

describe("a person who writes a Dockerfile", () => {
  const file = "web/Dockerfile";
  let editor: Editor;

  before(async () => {
    editor = await openEditor({ files, settings: { "systemdContainers.inlayHints": true } });
  });

  after(() => editor?.close());

  /** Puts the cursor in a line, counted from 1, behind a text of it. */
  async function goTo(line: number, column: number): Promise<void> {
    const { workbench } = editor;
    await workbench.page.keyboard.press("Control+G");
    await workbench.answer(`:${line}:${column}`);
  }

  it("sees commands above the last FROM", async () => {
    const { workbench } = editor;
    await workbench.openFile(file);
    const lens = workbench.page.locator(".codelens-decoration a");
    await lens.first().waitFor();
    const titles = ["systemdContainers.buildAndBoot", "systemdContainers.copyRunCommand"].map((id) =>
      paletteCommand(id.replace("systemdContainers.", "")).replace(/^.*: /, ""),
    );
    assert.deepEqual(await lens.allInnerTexts(), titles);
    await workbench.screenshot("words lens");
  });

  it("reads what a word means", async () => {
    const { workbench } = editor;
    await goTo(8, 14);
    await workbench.runCommand("Show or Focus Hover");
    const hover = workbench.page.locator(".monaco-hover:visible").first();
    await hover.waitFor();
    const text = await hover.innerText();
    assert.ok(text.includes(fact.slice(0, 20)), text);
    await workbench.screenshot("words hover");
    await workbench.page.keyboard.press("Escape");
  });

  it("goes from an enabled unit to its file, and from what that starts to the program", async () => {
    const { workbench } = editor;
    await goTo(6, 70);
    await workbench.runCommand("Go to Definition");
    await workbench.page.locator('.tab.active[data-resource-name="page.service"]').waitFor();
    await goTo(5, 20);
    await workbench.runCommand("Go to Definition");
    await workbench.page.locator('.tab.active[data-resource-name="page"]').waitFor();
  });

  it("finds the places that name a unit, from its file", async () => {
    const { workbench } = editor;
    await workbench.openFile("web/page.service");
    await goTo(4, 3);
    await workbench.runCommand("Go to References");
    const rows = workbench.page.locator(
      ".reference-zone-widget .monaco-list-row, .peekview-widget .monaco-list-row",
    );
    await rows.filter({ hasText: "page.service" }).first().waitFor();
    await workbench.screenshot("words references");
    await workbench.page.keyboard.press("Escape");
  });

  it("completes a stop signal and a unit", async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    await workbench.openFile(file);
    await keyboard.press("Control+End");
    await keyboard.type("STOPSIGNAL ");
    const rows = workbench.page.locator(".suggest-widget.visible .monaco-list-row");
    await rows.filter({ hasText: "SIGRTMIN+3" }).first().waitFor();
    await workbench.screenshot("words completion");
    await keyboard.press("Enter");
    await keyboard.press("Enter");
    await keyboard.type("RUN systemctl enable ");
    await rows.filter({ hasText: "page.service" }).first().waitFor();
    await keyboard.press("Enter");
    const saved = await workbench.save(file);
    assert.ok(saved.endsWith("STOPSIGNAL SIGRTMIN+3\nRUN systemctl enable page.service"), saved.slice(-80));
  });

  it("sees the version of systemd and the target where a stage has them", async () => {
    const { workbench } = editor;
    await workbench.openFile("broken/Dockerfile");
    const lines = workbench.page.locator(".editor-instance .view-lines").first();
    await workbench.until(
      "the hint",
      async () => /systemd \d+ → /.test((await lines.innerText()).replaceAll("\u00a0", " ")) || undefined,
    );
    await workbench.screenshot("words hint");
  });
});
