import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { notes, notices, reportPage } from "../../client/english";
import { paletteCommand } from "../manifest";
import { useEditor } from "../session";
import { like } from "../texts";
import { files } from "../workspace";

/** Milliseconds for a build without a network and a boot, on a slow computer. */
const bootTime = 90_000;

/** The way from a Dockerfile to a stopped container, on the other engine. */
describe("the palette on Podman", () => {
  const session = useEditor({
    files,
    lab: { engine: "podman@5/v2", images: ["systemd-test:252"] },
    withEngine: (address) => ({ engine: address }),
  });

  it("Build Image", async function () {
    const { workbench, exec } = session(this);
    await workbench.openFile("web/Dockerfile");
    await workbench.runCommand(paletteCommand("build"));
    await workbench.waitForNotification(like(notices.built("web:systemd", "#")), bootTime);
    assert.match((await exec(["podman", "images", "--quiet", "web:systemd"])).stdout, /^\w+\n$/);
  });

  it("Build and Boot", async function () {
    const { workbench, exec } = session(this);
    await workbench.dismissNotifications();
    await workbench.runCommand(paletteCommand("buildAndBoot"));
    await workbench.waitForNotification(
      new RegExp(`^${like(notices.booted("web-systemd", "#")).source}`),
      bootTime,
    );
    assert.equal((await exec(["podman", "ps", "--format", "{{.Names}}"])).stdout, "web-systemd\n");
  });

  it("Show Boot Report", async function () {
    const { workbench } = session(this);
    await workbench.dismissNotifications();
    await workbench.runCommand(paletteCommand("showBootReport"));
    assert.match(
      await workbench.previewText(/multi-user\.target/),
      like(reportPage.after(reportPage.running(), "#")),
    );
  });

  it("Open Shell", async function () {
    const { workbench } = session(this);
    await workbench.runCommand(paletteCommand("openShell"));
    await workbench.typeInTerminal("systemctl is-active page\n", /^active$/m);
    await workbench.page.keyboard.type("exit\n");
    await workbench.terminalEnded();
  });

  it("Follow Journal", async function () {
    const { workbench } = session(this);
    await workbench.runCommand(paletteCommand("followJournal"));
    await workbench.choose("page.service");
    await workbench.outputText(/serving/);
  });

  it("Stop, which ends the journal too", async function () {
    const { workbench, exec } = session(this);
    await workbench.runCommand(paletteCommand("stop"));
    await workbench.waitForNotification(like(notices.stopped("web-systemd", "#", 0)), bootTime);
    await workbench.outputText(like(notes.journalEnded()));
    assert.equal((await exec(["podman", "ps", "--quiet"])).stdout, "");
  });
});
