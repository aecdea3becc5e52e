import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Translate } from "../../../client/src/text";
import { notices } from "../../../client/src/texts/notices";
import { reportPage } from "../../../client/src/texts/report-page";
import { english } from "../../client/english";
import { readProblems, readSettings } from "../in-language";
import { assertTranslated, pseudo } from "../language";
import { alwaysOffered, paletteCommand } from "../manifest";
import { useEditor } from "../session";
import { like } from "../texts";
import { files } from "../workspace";

/** Milliseconds for a build without a network and a boot, on a slow computer. */
const bootTime = 90_000;

const wide = pseudo.translate;
const command = (id: string) => paletteCommand(id, wide);

/** Texts with their places filled, as the editor shows them. */
const t: Translate = (text, ...args) => english(wide(text) as never, ...args);

describe("a person whose editor has another language", () => {
  const session = useEditor({
    files,
    language: pseudo,
    lab: { engine: "docker@28/v2", images: ["systemd-test:252"] },
    withEngine: (address) => ({ contexts: { lab: address, "build-server": "tcp://127.0.0.1:9" } }),
  });

  it("finds each command by its translated title", async function () {
    const { workbench } = session(this);
    for (const id of alwaysOffered) {
      const offered = await workbench.commandsFor(command(id));
      assert.ok(offered.includes(command(id)), offered.join());
    }
    await workbench.screenshot("language palette");
  });

  it("reads problems, fixes and hovers", async function () {
    await readProblems(session(this).workbench, pseudo, "language");
  });

  it("reads settings", async function () {
    await readSettings(session(this).workbench, pseudo, "language");
  });

  it("chooses an engine, and reads what it means", async function () {
    const { workbench } = session(this);
    await workbench.runCommand(command("selectEngine"));
    assertTranslated(pseudo, await workbench.choices(/build-server/));
    await workbench.screenshot("language engines");
    await workbench.choose("Docker 28");
    await workbench.dismissNotifications();
    await workbench.runCommand(command("checkEngine"));
    assertTranslated(pseudo, [await workbench.previewText(/writable-cgroups/)]);
    await workbench.screenshot("language engine");
  });

  it("boots, and reads the report", async function () {
    const { workbench } = session(this);
    await workbench.dismissNotifications();
    await workbench.openFile("web/Dockerfile");
    await workbench.runCommand(command("buildAndBoot"));
    assertTranslated(pseudo, [
      await workbench.waitForNotification(like(notices.booted(t, "web-systemd", "#")), bootTime),
    ]);
    await workbench.runCommand(command("showBootReport"));
    const report = await workbench.previewText(/multi-user\.target/);
    assertTranslated(pseudo, [report.slice(0, report.lastIndexOf(reportPage.console(t)))]);
    await workbench.screenshot("language report");
  });
});
