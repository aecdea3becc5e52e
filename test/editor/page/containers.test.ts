import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, type Context, describe, it } from "mocha";
import { buttons, images, rows, units } from "../../client/english";
import { type PrivateRegistry, startPrivateRegistry } from "../../engine/private-registry";
import { containersViewOf } from "../containers-view";
import { menuEntry, paletteCommand } from "../manifest";
import { useEditor } from "../session";
import { like } from "../texts";
import { themes, type Workbench } from "../workbench";
import { files } from "../workspace";

/** Milliseconds for a build without a network and a boot, on a slow computer. */
const bootTime = 90_000;

/** Milliseconds after which the editor has read the rows again: it waits 200 for more changes. */
const refreshed = 1_000;

const statusBar = (text: string | RegExp) => ({ hasText: text });

describe("the view of containers", () => {
  let registry: PrivateRegistry | undefined;
  const session = useEditor({
    files,
    // A click selects a row, and the keyboard opens it.
    settings: { "workbench.tree.expandMode": "doubleClick" },
    lab: { engine: "docker@28/v2", images: ["systemd-test:252"] },
    withEngine: async (address) => {
      registry = await startPrivateRegistry("me", "s3cret-of-the-lab");
      return { engine: address, logins: { [registry.host]: "me:s3cret-of-the-lab" } };
    },
  });
  after(() => registry?.close());

  const open = (context: Context) => {
    const { workbench, exec } = session(context);
    return { workbench, exec, view: containersViewOf(workbench) };
  };

  it("shows what can be done while there is no container", async function () {
    const { workbench, view } = open(this);
    await view.open();
    await workbench.pictures("view-welcome");
    const welcome = await view.welcome();
    for (const id of ["buildAndBoot", "checkEngine"]) assert.ok(welcome.includes(menuEntry(id)), id);
  });

  it("shows a container as soon as it runs", async function () {
    const { workbench, view } = open(this);
    for (const [folder, told] of [
      ["web", "and is running"],
      ["worker", "degraded"],
    ]) {
      await workbench.dismissNotifications();
      await workbench.openFile(`${folder}/Dockerfile`);
      await workbench.runCommand(paletteCommand("buildAndBoot"));
      await workbench.waitForNotification(told ?? "", bootTime);
    }
    const text = await view.text(/worker-systemd/);
    assert.match(text, /^Docker 28\.\S+ unix:/);
    assert.match(text, /web-systemd running · booted in [\d.]+ s · web:systemd/);
    assert.match(text, /worker-systemd running · booted in [\d.]+ s · worker:systemd/);
  });

  it("shows the units of one that is opened, those that failed first", async function () {
    const { workbench, view } = open(this);
    await workbench.dismissNotifications();
    await view.expand("worker-systemd");
    const text = await view.text(/worker\.service/);
    assert.match(
      text,
      /worker-systemd degraded, 1 failed · .*\nworker\.service failed \(failed\)\n\S+\.service active/,
    );
    await workbench.pictures("view-units");
  });

  it("offers in the menus what fits, by the keyboard too", async function () {
    const { workbench, view } = open(this);
    assert.deepEqual(await view.menuOf("worker.service"), [
      ...["startUnit", "openUnitFile", "followJournal", "updateUnit"].map(menuEntry),
    ]);
    await workbench.page.keyboard.press("Escape");
    const menu = await view.menuOf("web-systemd");
    assert.deepEqual(menu.slice(0, 3), ["stop", "restart", "openShell"].map(menuEntry));
    assert.deepEqual(menu.slice(-4), ["commit", "tag", "push", "remove"].map(menuEntry));
    await workbench.page.keyboard.press("Escape");
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await workbench.setTheme(theme);
      await view.menuOf("web-systemd");
      await workbench.screenshot(`view-menu ${theme}`);
      await workbench.page.keyboard.press("Escape");
    }
  });

  it("opens the file of a unit as the container has it", async function () {
    const { workbench, view } = open(this);
    await view.choose("worker.service", menuEntry("openUnitFile"));
    await workbench.page.locator('.tab.active[data-resource-name="worker.service"]').waitFor();
    await shownText(workbench, /etc\/systemd\/system\/worker.*[\s\S]*--queue/);
    await workbench.screenshot("view-unit-file");
  });

  it("updates a changed unit in the container, and it runs", async function () {
    const { workbench, view } = open(this);
    const text = files["worker/worker.service"].replace(
      "/usr/local/bin/worker --queue in",
      "/bin/sleep infinity",
    );
    await writeFile(join(workbench.folder, "worker/worker.service"), text);
    await view.choose("worker.service", menuEntry("updateUnit"));
    const told = await workbench.waitForNotification(units.isNow("worker.service", "active", "running"));
    const path = "/etc/systemd/system/worker.service";
    assert.ok(told.includes(units.copied("worker/worker.service", path, "worker-systemd")));
    // The file that is shown is the one that the container has now.
    await shownText(workbench, /sleep infinity/);
    await view.text(/worker-systemd running · .*[\s\S]*worker\.service active \(running\)/);
    await workbench.pictures("view-updated");
  });

  it("filters units", async function () {
    const { workbench, view } = open(this);
    await workbench.dismissNotifications();
    await workbench.runCommand(paletteCommand("filterUnits"));
    await workbench.choose(units.onlyFailed());
    await view.text(like(rows.noUnits()));
    await workbench.runCommand(paletteCommand("filterUnits"));
    await workbench.choose(units.all());
    await view.text(/worker\.service/);
    await view.fold("worker-systemd");
  });

  it("commits, tags and pushes to a private registry with the login of docker's configuration", async function () {
    const { workbench, view, exec } = open(this);
    const host = registry?.host ?? "";
    await exec(["docker", "exec", "web-systemd", "touch", "/root/changed"]);
    await view.choose("web-systemd", menuEntry("commit"));
    await workbench.answer(`${host}/me/web:committed`);
    await workbench.waitForNotification(images.committed("web-systemd", `${host}/me/web:committed`));
    await workbench.screenshot("view-committed");
    await workbench.pressInNotification(images.push());
    await workbench.choose(`${host}/me/web:committed`);
    await workbench.waitForNotification(images.pushed(`${host}/me/web:committed`), bootTime);
    await workbench.dismissNotifications();
    await view.choose("web-systemd", menuEntry("tag"));
    await workbench.answer(`${host}/me/web:tagged`);
    await workbench.waitForNotification(images.tagged("web:systemd", `${host}/me/web:tagged`));
    await view.choose("web-systemd", menuEntry("push"));
    await workbench.choose(`${host}/me/web:tagged`);
    await workbench.waitForNotification(images.pushed(`${host}/me/web:tagged`), bootTime);
    assert.deepEqual(registry?.tags(), ["1", "committed", "tagged"]);
    const image = [
      "docker",
      "run",
      "--rm",
      "--network",
      "none",
      `${host}/me/web:committed`,
      "ls",
      "/root/changed",
    ];
    assert.equal((await exec(image)).stdout, "/root/changed\n");
  });

  it("names the command that logs in where there is no login", async function () {
    const { workbench, view } = open(this);
    await workbench.dismissNotifications();
    const port = registry?.host.split(":")[1];
    await view.choose("web-systemd", menuEntry("push"));
    await workbench.choose(images.pushAsOther());
    await workbench.answer(`localhost:${port}/me/web:2`);
    const told = await workbench.waitForNotification("requires authentication");
    assert.match(told, new RegExp(`docker login localhost:${port}`));
    await workbench.screenshot("view-login");
    await workbench.pressInNotification(buttons.copyCommand());
    // The button copies after it was pressed.
    const copied = async () => (await workbench.clipboard()) || undefined;
    assert.equal(await workbench.until("a text in the clipboard", copied), `docker login localhost:${port}`);
  });

  it("is right after what others do with a container, and so is the status bar, also in a new window", async function () {
    const { workbench, view, exec } = open(this);
    await workbench.dismissNotifications();
    await workbench.page.locator(".statusbar-item", statusBar("2 containers")).waitFor();
    await exec(["docker", "stop", "worker-systemd"]);
    await view.text(/worker-systemd exited \(0\)/);
    await workbench.page.locator(".statusbar-item", statusBar("web-systemd")).waitFor();
    await workbench.page.reload();
    await workbench.page.locator(".statusbar-item", statusBar("web-systemd")).waitFor({ timeout: bootTime });
    await view.open();
    await view.text(/web-systemd running/);
    await workbench.screenshot("view-new-window");
  });

  it("starts, stops and removes", async function () {
    const { workbench, view } = open(this);
    await workbench.knowsExtension();
    await view.press("worker-systemd", "Start");
    await workbench.waitForNotification(/^worker-systemd booted in/, bootTime);
    await view.press("web-systemd", "Stop");
    await workbench.waitForNotification("web-systemd stopped in", bootTime);
    await view.text(/web-systemd exited/);
    // The editor hands a command no row while it reads all of them again, which it does after the stop.
    await workbench.page.waitForTimeout(refreshed);
    await view.choose("web-systemd", "Remove");
    await workbench.answerDialog("Remove");
    await workbench.waitForNotification("Removed web-systemd", bootTime);
    // The rows follow the event a moment later.
    await view.text(/^(?![\s\S]*web-systemd)[\s\S]*worker-systemd/);
  });
});

/** Waits until the editor shows a text. */
function shownText({ page, until }: Workbench, wanted: RegExp): Promise<boolean> {
  const lines = page.locator(".editor-instance .view-line");
  const read = async () => (await lines.allTextContents()).join("\n").replaceAll("\u00a0", " ");
  return until(`${wanted} in the editor`, async () => wanted.test(await read()) || undefined);
}
