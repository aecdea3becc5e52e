import assert from "node:assert/strict";
import { after, before, type Context, describe, it } from "mocha";
import { notices, reportPage } from "../../client/english";
import { isSkipped, type startEngine as start, startEngine } from "../../lab";
import { type Editor, openEditor } from "../editor";
import { paletteCommand } from "../manifest";
import { skip } from "../mocha";
import { like } from "../texts";

type Engine = Exclude<Awaited<ReturnType<typeof start>>, { skipped: string }>;

/** Seconds for a build that installs packages, on a slow computer. */
const buildTime = 240_000;

describe("a person with a private engine", () => {
  const file = "broken/Dockerfile";
  let engine: Engine | undefined;
  let editor: Editor;
  let reason = "";

  before(async function () {
    // On a bare computer the systems of the engine and of its image are made first.
    this.timeout(1_200_000);
    const found = await startEngine("docker@28/v2");
    if (isSkipped(found)) {
      reason = found.skipped;
      return;
    }
    engine = found;
    await engine.ensureImage("debian:11");
    editor = await openEditor({
      engine: engine.socket.includes("://") ? engine.socket : `unix://${engine.socket}`,
    });
  });

  after(async () => {
    await editor?.close();
    await engine?.stop();
  });

  const needEngine = (context: Context) => engine ?? skip(context, reason);

  it("boots the broken example, and is told why it did not boot", async function () {
    needEngine(this);
    const { workbench } = editor;
    await workbench.openFile(file);
    await workbench.waitForSquiggle();
    await workbench.runCommand(paletteCommand("buildAndBoot"));
    await workbench.waitForNotification(notices.exited("broken-systemd", 1), buildTime);
    await workbench.screenshot("boot-failed");
  });

  it("fixes all, builds and boots, and is told that it runs", async function () {
    needEngine(this);
    const { workbench } = editor;
    await workbench.dismissNotifications();
    await workbench.openFile(file);
    await workbench.fixAll();
    assert.match(await workbench.save(file), /STOPSIGNAL SIGRTMIN\+3/);
    await workbench.runCommand(paletteCommand("buildAndBoot"));
    await workbench.waitForNotification(like(notices.booted("broken-systemd", "#")), buildTime);
    await workbench.screenshot("boot-running");
  });

  it("opens the boot report", async function () {
    needEngine(this);
    const { workbench } = editor;
    await workbench.dismissNotifications();
    await workbench.runCommand(paletteCommand("showBootReport"));
    const report = await workbench.previewText(/multi-user\.target/);
    await workbench.screenshot("boot-report");
    assert.match(report, like(reportPage.after(reportPage.running(), "#")));
  });

  it("opens a shell in it", async function () {
    needEngine(this);
    const { workbench } = editor;
    await workbench.runCommand(paletteCommand("openShell"));
    await workbench.typeInTerminal("systemctl is-active ssh\n", /^active$/m);
    await workbench.screenshot("shell");
  });

  it("stops it, and is told how long that took", async function () {
    const { exec } = needEngine(this);
    const { workbench } = editor;
    await workbench.dismissNotifications();
    await workbench.runCommand(paletteCommand("stop"));
    await workbench.waitForNotification(like(notices.stopped("broken-systemd", "#", 0)), 90_000);
    await workbench.screenshot("stopped");
    const { stdout } = await exec(["docker", "ps", "-q"]);
    assert.equal(stdout.trim(), "");
  });
});
