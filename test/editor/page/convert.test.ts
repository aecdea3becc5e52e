import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Editor, openEditor } from "../editor";
import { paletteCommand } from "../manifest";
import { files } from "../workspace";

const image = "registry.access.redhat.com/ubi9/ubi-init:latest";

describe("a person with a container that is to be started in another way", () => {
  let editor: Editor;

  before(async () => {
    const services = `services:\n  web:\n    image: ${image}\n    hostname: first\n    depends_on: [db]\n  db: { image: mysql }\n`;
    const script = `docker run -d --rm ${image}\n`;
    editor = await openEditor({ files: { ...files, "made/compose.yaml": services, "made/run.sh": script } });
  });

  after(() => editor?.close());

  /** The text of the new document that a conversion of a file opens. */
  async function converted(file: string, format: string): Promise<string> {
    const { workbench } = editor;
    await workbench.openFile(file);
    await workbench.clickOn(await workbench.firstLine());
    await workbench.runCommand(paletteCommand("convertToFormat"));
    await workbench.choose(format);
    await workbench.waitForChange();
    const text = await workbench.until("the new document", async () => {
      const lines = await workbench.page.locator(".editor-instance .view-line").allTextContents();
      const all = lines.join("\n").replaceAll("\u00a0", " ");
      return /^# /m.test(all) ? all : undefined;
    });
    await workbench.screenshot(`converted-${format}`);
    await workbench.runCommand("View: Revert and Close Editor");
    return text;
  }

  it("gets a file of Quadlet for a compose service, and is told what it lacks", async () => {
    const text = await converted("made/compose.yaml", "Quadlet");
    assert.match(text, /^\[Container\]$/m);
    assert.match(text, /^HostName=first$/m);
    assert.match(text, /^# .*depends_on/m);
  });

  it("gets a compose service for a command", async () => {
    const text = await converted("made/run.sh", "compose.yaml");
    assert.match(text, /^services:$/m);
    assert.match(text, /^# .*--rm/m);
  });
});
