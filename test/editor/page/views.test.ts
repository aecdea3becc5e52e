import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { rules } from "../../../client/src/rules";
import { reasonWords } from "../../../client/src/texts/places";
import { buttons, english, labels, notes, notices, reportPage } from "../../client/english";
import { paletteCommand } from "../manifest";
import { useEditor } from "../session";
import { like } from "../texts";
import type { Workbench } from "../workbench";
import { files } from "../workspace";

/** Milliseconds for a build without a network and a boot, on a slow computer. */
const bootTime = 90_000;

/** What people look at most, each under a light, a dark and a high-contrast theme, to be looked at by a person. */
describe("what a person looks at", () => {
  const session = useEditor({
    files: { ...files, "notes.md": "The `notes` of others.\n" },
    lab: { engine: "docker@28/v2", images: ["systemd-test:252"] },
    withEngine: (address) => ({ contexts: { lab: address, "build-server": "tcp://127.0.0.1:9" } }),
  });

  it("the choice of the engine", async function () {
    const { workbench } = session(this);
    await workbench.pictures("picker", async () => {
      await workbench.runCommand(paletteCommand("selectEngine"));
      const choices = (await workbench.choices(/build-server/)).join();
      assert.match(choices, /Docker 28/);
      assert.match(choices, like(reasonWords(english, { code: "nothing-listens" }).message));
    });
    await workbench.choose("Docker 28");
    await workbench.waitForNotification(like(notices.engineSelected("Docker 28#", "#")));
  });

  it("what the engine means for systemd", async function () {
    const { workbench } = session(this);
    await workbench.dismissNotifications();
    await workbench.runCommand(paletteCommand("checkEngine"));
    assert.match(await workbench.previewText(/writable-cgroups/), /Docker 28/);
    await workbench.waitForNotification(/^Docker 28/);
    await workbench.pictures("doctor");
    // The last theme is that of high contrast.
    assert.equal(await codeColor(workbench), none);
  });

  it("code of our own pages alone as plain text in high contrast", async function () {
    const { workbench } = session(this);
    await workbench.dismissNotifications();
    await workbench.setTheme("contrast");
    await workbench.runCommand(paletteCommand("showRule"));
    const title = rules.find(({ id }) => id === "image-stop-signal")?.title ?? "";
    await workbench.choose(title, "image-stop-signal");
    await workbench.previewText(/docker stop/);
    assert.equal(await codeColor(workbench), none);
    await workbench.openFile("notes.md");
    await workbench.runCommand("Markdown: Open Preview");
    await workbench.previewText(/The notes of others/);
    assert.notEqual(await codeColor(workbench), none);
    await workbench.setTheme("light");
  });

  it("the report of a boot that went well", async function () {
    const { workbench } = session(this);
    await bootAndReport(workbench, "web/Dockerfile", like(notices.booted("web-systemd", "#")));
    assert.match(await workbench.previewText(stateOf(reportPage.running())), like(reportPage.mounts()));
    await workbench.pictures("report-running");
  });

  it("a shell", async function () {
    const { workbench } = session(this);
    await workbench.runCommand(paletteCommand("openShell"));
    // It has the keyboard, which the report had.
    await workbench.page.locator(".terminal-wrapper.active .xterm-helper-textarea:focus").waitFor();
    await workbench.typeInTerminal("systemctl status page --no-pager\n", /Active: active \(running\)/);
    await workbench.dismissNotifications();
    await workbench.pictures("shell");
    await workbench.killTerminal();
  });

  it("a journal", async function () {
    const { workbench } = session(this);
    await workbench.runCommand(paletteCommand("followJournal"));
    const whole = labels.entireJournal("web-systemd");
    assert.match((await workbench.choices(/page\.service/))[0] ?? "", like(whole));
    await workbench.choose(whole);
    // The last line: earlier ones may be out of sight.
    await workbench.outputText(/Startup finished/);
    await workbench.dismissNotifications();
    await workbench.pictures("journal");
    await workbench.runCommand(paletteCommand("stopJournal"));
    await workbench.outputText(like(notes.journalStopped()));
  });

  it("the report of a boot that was degraded", async function () {
    const { workbench } = session(this);
    await bootAndReport(
      workbench,
      "worker/Dockerfile",
      like(notices.degraded("worker-systemd", "#", "worker.service")),
    );
    assert.match(await workbench.previewText(stateOf(reportPage.degraded(1))), /203\/EXEC/);
    await workbench.pictures("report-degraded");
  });

  it("a problem with the line to blame", async function () {
    const { workbench } = session(this);
    await workbench.openFile("worker/worker.service");
    await workbench.waitForSquiggle();
    await workbench.runCommand("Problems: Focus on Problems View");
    await workbench.page
      .locator(".panel .viewpane-filter input, .panel .viewpane-filter textarea")
      .first()
      .focus();
    await workbench.page.keyboard.type("203/EXEC");
    assert.match(await workbench.problems(/203\/EXEC/), /last-boot/);
    await workbench.pictures("blame");
  });

  it("the report of a boot that failed", async function () {
    const { workbench } = session(this);
    await bootAndReport(workbench, "wrapped/Dockerfile", like(notices.exited("wrapped-systemd", 1)));
    assert.match(await workbench.previewText(like(reportPage.why())), /exec form/i);
    await workbench.pictures("report-failed");
  });

  it("a build that failed", async function () {
    const { workbench } = session(this);
    await workbench.openFile("unbuildable/Dockerfile");
    await workbench.runCommand(paletteCommand("build"));
    await workbench.waitForNotification(/3\.$/, bootTime);
    await workbench.outputText(/looking for the package/);
    await workbench.pictures("build-error");
    await workbench.pressInNotification(buttons.goToLine());
    await workbench.until("the cursor is on the line", async () =>
      (await workbench.page.locator(".statusbar-item", { hasText: "Ln 3," }).isVisible()) ? true : undefined,
    );
  });
});

const none = "rgba(0, 0, 0, 0)";

/** What is behind the code in the preview, as the browser writes it. */
async function codeColor(workbench: Workbench): Promise<string> {
  const frame = await workbench.previewFrame();
  return frame.evaluate<string>('getComputedStyle(document.querySelector("code")).backgroundColor');
}

/** How the report shows that state. */
function stateOf(state: string): RegExp {
  return like(reportPage.after(state, "#"));
}

/** Builds and boots a file, waits for the notification about it, and presses for the report. */
async function bootAndReport(workbench: Workbench, file: string, told: RegExp): Promise<void> {
  await workbench.dismissNotifications();
  await workbench.hidePanel();
  await workbench.openFile(file);
  await workbench.runCommand(paletteCommand("buildAndBoot"));
  await workbench.waitForNotification(told, bootTime);
  await workbench.pressInNotification(buttons.showBootReport());
}
