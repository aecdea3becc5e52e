import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { notices } from "../../client/english";
import { type Editor, openEditor } from "../editor";
import { paletteCommand } from "../manifest";
import { files } from "../workspace";

const plain = 'FROM debian:12\nCOPY app /opt/app\nCMD ["/opt/app"]\n';

describe("a person with a Dockerfile that does not boot", () => {
  const file = "broken/Dockerfile";
  let editor: Editor;

  before(async () => {
    editor = await openEditor({ files: { ...files, "server/Dockerfile": plain, "server/app": "" } });
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

  it("makes an image boot from the lightbulb of its program, and then acts on the whole file", async () => {
    const { workbench } = editor;
    const { page } = workbench;
    const file = "server/Dockerfile";
    const toLine = async (line: number) => {
      await workbench.clickOn(await workbench.firstLine());
      await page.keyboard.press("Control+g");
      await page.locator(".quick-input-widget:visible input.input").first().fill(`:${line}`);
      await page.keyboard.press("Enter");
    };
    const take = async (id: string, done: string) => {
      const title = paletteCommand(id).replace(/^.*: /, "");
      await workbench.openLightbulb();
      await workbench.screenshot(`lightbulb ${id}`);
      await workbench.takeAction(title);
      await workbench.waitForNotification(done);
      await workbench.dismissNotifications();
    };
    await workbench.openFile(file);
    await toLine(3);
    await take("makeImageBoot", notices.bootsSystemd());
    assert.match(
      await workbench.save(file),
      /systemctl enable run-app\.service\n(.*\n)*CMD \["\/sbin\/init"\]/,
    );
    await workbench.openFile(file);
    await toLine(1);
    await take("forwardJournal", notices.journalForwarded());
    await workbench.openFile(file);
    assert.match(await workbench.save(file), /ForwardToConsole=yes/);
    await toLine(1);
    await take("addComposeService", notices.serviceAdded());
    await workbench.page.locator('.tab[data-resource-name="compose.yaml"]').first().waitFor();
  });
});
