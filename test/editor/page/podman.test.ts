import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { useEditor } from "../session";
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
    await workbench.runCommand("Systemd Containers: Build Image");
    await workbench.waitForNotification("Built web:systemd", bootTime);
    assert.match((await exec(["podman", "images", "--quiet", "web:systemd"])).stdout, /^\w+\n$/);
  });

  it("Build and Boot", async function () {
    const { workbench, exec } = session(this);
    await workbench.dismissNotifications();
    await workbench.runCommand("Systemd Containers: Build and Boot");
    await workbench.waitForNotification(/^web-systemd booted in [\d.]+ s and is running/, bootTime);
    assert.equal((await exec(["podman", "ps", "--format", "{{.Names}}"])).stdout, "web-systemd\n");
  });

  it("Show Boot Report", async function () {
    const { workbench } = session(this);
    await workbench.dismissNotifications();
    await workbench.runCommand("Systemd Containers: Show Boot Report");
    assert.match(await workbench.previewText(/multi-user\.target/), /State: running/);
  });

  it("Open Shell", async function () {
    const { workbench } = session(this);
    await workbench.runCommand("Systemd Containers: Open Shell");
    await workbench.typeInTerminal("systemctl is-active page\n", /^active$/m);
    await workbench.page.keyboard.type("exit\n");
    await workbench.terminalEnded();
  });

  it("Follow Journal", async function () {
    const { workbench } = session(this);
    await workbench.runCommand("Systemd Containers: Follow Journal");
    await workbench.choose("page.service");
    await workbench.outputText(/serving/);
  });

  it("Stop, which ends the journal too", async function () {
    const { workbench, exec } = session(this);
    await workbench.runCommand("Systemd Containers: Stop");
    assert.match(await workbench.waitForNotification("stopped in", bootTime), /exit code 0/);
    await workbench.outputText(/Journal ended: the container stopped/);
    assert.equal((await exec(["podman", "ps", "--quiet"])).stdout, "");
  });
});
