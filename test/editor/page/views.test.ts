import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { useEditor } from "../session";
import type { Workbench } from "../workbench";
import { files } from "../workspace";

/** Milliseconds for a build without a network and a boot, on a slow computer. */
const bootTime = 90_000;

/** What people look at most, each under a light, a dark and a high-contrast theme, to be looked at by a person. */
describe("what a person looks at", () => {
  const session = useEditor({
    files,
    lab: { engine: "docker@28/v2", images: ["systemd-test:252"] },
    withEngine: (address) => ({ contexts: { lab: address, "build-server": "tcp://127.0.0.1:9" } }),
  });

  it("the choice of the engine", async function () {
    const { workbench } = session(this);
    await workbench.pictures("picker", async () => {
      await workbench.runCommand("Systemd Containers: Select Engine…");
      const choices = (await workbench.choices(/build-server/)).join();
      assert.match(choices, /Docker 28/);
      assert.match(choices, /connection refused/);
    });
    await workbench.choose("Docker 28");
    await workbench.waitForNotification("This workspace now uses Docker 28");
  });

  it("what the engine means for systemd", async function () {
    const { workbench } = session(this);
    await workbench.dismissNotifications();
    await workbench.runCommand("Systemd Containers: Check Engine");
    assert.match(await workbench.previewText(/writable-cgroups/), /Docker 28/);
    await workbench.waitForNotification("Docker 28");
    await workbench.pictures("doctor");
  });

  it("the report of a boot that went well", async function () {
    const { workbench } = session(this);
    await bootAndReport(workbench, "web/Dockerfile", "and is running");
    assert.match(await workbench.previewText(/State: running/), /Relevant mounts/);
    await workbench.pictures("report-running");
  });

  it("a shell", async function () {
    const { workbench } = session(this);
    await workbench.runCommand("Systemd Containers: Open Shell");
    await workbench.typeInTerminal("systemctl status page --no-pager\n", /Active: active \(running\)/);
    await workbench.dismissNotifications();
    await workbench.pictures("shell");
    await workbench.killTerminal();
  });

  it("a journal", async function () {
    const { workbench } = session(this);
    await workbench.runCommand("Systemd Containers: Follow Journal");
    assert.match((await workbench.choices(/page\.service/))[0] ?? "", /Entire journal of web-systemd/);
    await workbench.choose("Entire journal of web-systemd");
    // The last line: earlier ones may be out of sight.
    await workbench.outputText(/Startup finished/);
    await workbench.dismissNotifications();
    await workbench.pictures("journal");
    await workbench.runCommand("Systemd Containers: Stop Following Journal");
    await workbench.outputText(/Stopped following/);
  });

  it("the report of a boot that was degraded", async function () {
    const { workbench } = session(this);
    await bootAndReport(workbench, "worker/Dockerfile", "degraded");
    assert.match(await workbench.previewText(/State: degraded/), /203\/EXEC/);
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
    await workbench.page.keyboard.type("At the last boot");
    await workbench.problems(/203\/EXEC/);
    await workbench.pictures("blame");
  });

  it("the report of a boot that failed", async function () {
    const { workbench } = session(this);
    await bootAndReport(workbench, "wrapped/Dockerfile", "did not boot");
    assert.match(await workbench.previewText(/Why/), /exec form/i);
    await workbench.pictures("report-failed");
  });

  it("a build that failed", async function () {
    const { workbench } = session(this);
    await workbench.openFile("unbuildable/Dockerfile");
    await workbench.runCommand("Systemd Containers: Build Image");
    await workbench.waitForNotification("exited with code 3", bootTime);
    await workbench.outputText(/looking for the package/);
    await workbench.pictures("build-error");
    await workbench.pressInNotification("Go to Line");
    await workbench.until("the cursor is on the line", async () =>
      (await workbench.page.locator(".statusbar-item", { hasText: "Ln 3," }).isVisible()) ? true : undefined,
    );
  });
});

/** Builds and boots a file, waits for the notification about it, and presses for the report. */
async function bootAndReport(workbench: Workbench, file: string, told: string): Promise<void> {
  await workbench.dismissNotifications();
  await workbench.hidePanel();
  await workbench.openFile(file);
  await workbench.runCommand("Systemd Containers: Build and Boot");
  await workbench.waitForNotification(told, bootTime);
  await workbench.pressInNotification("Show Boot Report");
}
