import assert from "node:assert/strict";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, type Context, describe, it } from "mocha";
import { rules } from "../../../client/src/rules";
import { paletteCommands } from "../manifest";
import { skip } from "../mocha";
import { useEditor } from "../session";
import { files } from "../workspace";

/** Milliseconds for a build without a network and a boot, on a slow computer. */
const bootTime = 90_000;

/** What a notification shows of a boot that went well. */
const running = /^web-systemd booted in [\d.]+ s and is running/;

/** Every command of the palette, chosen there by a person, on Docker. */
describe("the palette on Docker", () => {
  const driven = new Set<string>();
  let programs = "";
  const session = useEditor({
    files,
    lab: { engine: "docker@28/v2", images: ["systemd-test:252"] },
    withEngine: async (address, { exec }) => {
      programs = await composeOf(exec);
      return { engine: address, path: programs };
    },
    settings: {
      "systemdContainers.launch": [{ name: "The worker", dockerfile: "worker/Dockerfile" }],
    },
  });

  after(() => rm(programs, { recursive: true, force: true }));

  const open = (context: Context) => {
    const { workbench, exec } = session(context);
    const run = (title: string) => {
      const label = `Systemd Containers: ${title}`;
      driven.add(label);
      return workbench.runCommand(label);
    };
    return { workbench, exec, run };
  };

  it("Build Image", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.openFile("web/Dockerfile");
    await run("Build Image");
    await workbench.waitForNotification("Built web:systemd", bootTime);
    assert.match((await exec(["docker", "images", "--quiet", "web:systemd"])).stdout, /^\w+\n$/);
  });

  it("Build and Boot", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.dismissNotifications();
    await run("Build and Boot");
    await workbench.waitForNotification(running, bootTime);
    assert.equal((await exec(["docker", "ps", "--format", "{{.Names}}"])).stdout, "web-systemd\n");
  });

  it("Show Boot Report", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("Show Boot Report");
    await workbench.previewText(/multi-user\.target/);
  });

  it("Open Shell", async function () {
    const { workbench, run } = open(this);
    await run("Open Shell");
    await workbench.typeInTerminal("id -un\n", /^root$/m);
    await workbench.page.keyboard.type("exit\n");
    await workbench.terminalEnded();
  });

  it("Open Shell As…", async function () {
    const { workbench, run } = open(this);
    await run("Open Shell As…");
    await workbench.choices(/\/home\/me/);
    await workbench.choose(/^me$/);
    await workbench.typeInTerminal("echo $USER in $PWD\n", /^me in \/home\/me$/m);
    await workbench.killTerminal();
  });

  it("Open Login Console", async function () {
    const { workbench, exec, run } = open(this);
    await run("Open Login Console");
    await workbench.typeInTerminal("\n", /login: *$/m, /Attached/);
    await workbench.page.keyboard.type("nobody\n");
    await workbench.terminalText(/Password:/);
    await workbench.killTerminal();
    assert.equal((await exec(["docker", "ps", "--format", "{{.Names}}"])).stdout, "web-systemd\n");
  });

  it("Run Command…, with the lines of before", async function () {
    const { workbench, run } = open(this);
    await run("Run Command…");
    await workbench.answer("echo $(id -un) 'is it'; exit 4");
    await workbench.outputText(/root is it\n\[Exit code 4\]/);
    await workbench.waitForNotification("exited with code 4");
    await workbench.dismissNotifications();
    await run("Run Command…");
    await workbench.choose("echo $(id -un) 'is it'");
    await workbench.waitForNotification("exited with code 4");
    await workbench.dismissNotifications();
  });

  it("Follow Journal, Pause or Resume Journal, Stop Following Journal", async function () {
    const { workbench, exec, run } = open(this);
    const log = (text: string) => exec(["docker", "exec", "web-systemd", "systemd-cat", "echo", text]);
    await run("Follow Journal");
    await workbench.choose("Entire journal of web-systemd");
    await workbench.outputText(/Startup finished/);
    await run("Pause or Resume Journal");
    await workbench.outputText(/\[Paused\]/);
    await log("said-meanwhile");
    await run("Pause or Resume Journal");
    await workbench.outputText(/\[Paused\]\n(.*\n)*.*said-meanwhile/);
    await run("Stop Following Journal");
    await workbench.outputText(/\[Stopped following\]/);
  });

  it("Stop", async function () {
    const { workbench, run } = open(this);
    await run("Stop");
    assert.match(await workbench.waitForNotification("stopped in", bootTime), /exit code 0/);
  });

  it("Restart, of one that had stopped", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("Restart");
    await workbench.waitForNotification(running, bootTime);
  });

  it("Open in Browser, where nothing is published and where a page is", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.dismissNotifications();
    await run("Open in Browser");
    await workbench.waitForNotification("does not publish any TCP ports");
    await workbench.dismissNotifications();
    const flags = ["--security-opt", "writable-cgroups=true", "--tmpfs", "/run", "--tmpfs", "/run/lock"];
    const label = ["--label", "dev.systemd-containers.container=true", "--network", "host", "--name", "page"];
    const { code, stderr } = await exec(["docker", "run", "--detach", ...flags, ...label, "web:systemd"]);
    assert.equal(code, 0, stderr);
    const opened = workbench.page.waitForEvent("popup", { timeout: bootTime });
    await run("Open in Browser");
    await workbench.choose(/^page$/);
    const page = await opened;
    assert.match(page.url(), /18080/);
    await page.close();
    await workbench.page.bringToFront();
  });

  it("Remove, of one of several, after asking", async function () {
    const { workbench, exec, run } = open(this);
    await run("Remove");
    await workbench.choose(/^page$/);
    assert.match(await workbench.answerDialog("Remove"), /Remove page\?/);
    await workbench.waitForNotification("Removed page", bootTime);
    assert.equal((await exec(["docker", "ps", "--all", "--format", "{{.Names}}"])).stdout, "web-systemd\n");
  });

  it("Boot with Debug Log, in place of the container of before", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.dismissNotifications();
    await workbench.openFile("web/Dockerfile");
    await run("Boot with Debug Log");
    assert.match(await workbench.answerDialog("Replace"), /web-systemd is still running/);
    await workbench.waitForNotification(running, bootTime);
    const { stdout } = await exec(["docker", "inspect", "--format", "{{.Config.Cmd}}", "web-systemd"]);
    assert.match(stdout, /log-level=debug/);
  });

  it("Boot Image…", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("Boot Image…");
    await workbench.choose("systemd-test:252");
    await workbench.waitForNotification("and is running", bootTime);
  });

  it("Launch…", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("Launch…");
    await workbench.choose("The worker");
    await workbench.waitForNotification("worker.service failed", bootTime);
  });

  it("Change Build Options…", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await workbench.openFile("web/Dockerfile");
    await run("Change Build Options…");
    await workbench.choose("Platform");
    await workbench.choose("linux/arm64");
    assert.match((await workbench.choices(/linux\/arm64/)).join(), /Platform/);
    await workbench.page.keyboard.press("Escape");
  });

  it("Copy Build Command", async function () {
    const { workbench, run } = open(this);
    await run("Copy Build Command");
    await workbench.choose("docker");
    await workbench.waitForNotification("to the clipboard");
    assert.match(await workbench.clipboard(), /^docker .*--platform[ =]linux\/arm64/);
  });

  it("Copy Run Command", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("Copy Run Command");
    await workbench.choose("docker run");
    await workbench.waitForNotification("to the clipboard");
    assert.match(await workbench.clipboard(), /^docker run .*writable-cgroups=true/);
  });

  it("Explain Log…", async function () {
    const { workbench, run } = open(this);
    await workbench.copy("Failed to mount tmpfs at /run: Operation not permitted\n");
    await run("Explain Log…");
    assert.match(await workbench.previewText(/Log analysis/), /--tmpfs \/run/);
  });

  it("Select Engine…", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("Select Engine…");
    assert.match(await workbench.waitForNotification("as set by"), /Using Docker 28.* as set by DOCKER_HOST/);
  });

  it("Check Engine", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("Check Engine");
    await workbench.previewText(/How to start systemd/);
  });

  it("Boot Compose Service…, Boot Compose Project", async function () {
    const { workbench, exec, run } = open(this);
    if (programs === "") skip(this, "the engine has no compose that could be lent to the editor");
    const services = async () =>
      (await exec(["docker", "ps", "--filter", "label=com.docker.compose.service=web", "--quiet"])).stdout;
    await workbench.openFile("stack/compose.yaml");
    for (const title of ["Boot Compose Service…", "Boot Compose Project"]) {
      await run(title);
      await workbench.terminalText(/Attaching to|web-1/, bootTime);
      await workbench.until("the service runs", async () => (await services()) || undefined, bootTime);
      await workbench.pressInTerminal("Control+C");
      await workbench.until(
        "the service has stopped",
        async () => ((await services()) === "" ? true : undefined),
        bootTime,
      );
      await workbench.terminalEnded();
    }
  });

  it("Show Rule…", async function () {
    const { workbench, run } = open(this);
    const title = rules.find(({ id }) => id === "run-init")?.title ?? "";
    await run("Show Rule…");
    // A rule is found by its id, which stands behind its title.
    await workbench.choose(title, "run-init");
    await workbench.previewText(new RegExp(title));
  });

  it("Restart Server, Show Log", async function () {
    const { workbench, run } = open(this);
    await workbench.openFile("wrapped/Dockerfile");
    await run("Restart Server");
    await workbench.waitForSquiggle();
    await run("Show Log");
    await workbench.outputText(/The language server (exited|was killed)/);
  });

  it("nothing of the palette was left out", function () {
    session(this);
    assert.deepEqual([...driven].sort(), [...paletteCommands].sort());
  });
});

/** A directory with the compose of the host of the engine, as if it was installed here; empty where it has none. */
async function composeOf(
  exec: (argv: readonly string[]) => Promise<{ code: number | null }>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-programs-"));
  const program = join(folder, "docker-compose");
  const { code } = await exec(["cp", "/usr/libexec/docker/cli-plugins/docker-compose", program]);
  if (code !== 0) return "";
  await chmod(program, 0o755);
  return folder;
}
