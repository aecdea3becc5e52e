import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, type Context, describe, it } from "mocha";
import { rules } from "../../../client/src/rules";
import { serverEnd } from "../../../client/src/server-process";
import { leastTexts } from "../../../client/src/texts/least";
import { verifyTexts } from "../../../client/src/texts/verify";
import {
  buttons,
  engineReport,
  english,
  labels,
  logReport,
  notes,
  notices,
  questions,
  reportPage,
  rows,
  sentencesOf,
  units,
} from "../../client/english";
import { paletteCommand, paletteIds } from "../manifest";
import { skip } from "../mocha";
import { useEditor } from "../session";
import { like } from "../texts";
import { files } from "../workspace";

/** Milliseconds for a build without a network and a boot, on a slow computer. */
const bootTime = 90_000;

/** What a notification shows of a boot that went well. */
const running = new RegExp(`^${like(notices.booted("web-systemd", "#")).source}`);

/** What the output shows of a journal that is paused. */
const paused = `[${notes.journalPaused()}]`;

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
    const run = (id: string) => {
      driven.add(id);
      return workbench.runCommand(paletteCommand(id));
    };
    return { workbench, exec, run };
  };

  it("Build Image", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.openFile("web/Dockerfile");
    await run("build");
    await workbench.waitForNotification(like(notices.built("web:systemd", "#")), bootTime);
    assert.match((await exec(["docker", "images", "--quiet", "web:systemd"])).stdout, /^\w+\n$/);
  });

  it("Rebuild Without Cache", async function () {
    const { workbench, exec, run } = open(this);
    const id = async () => (await exec(["docker", "images", "--quiet", "web:systemd"])).stdout;
    await workbench.dismissNotifications();
    const before = await id();
    await run("rebuild");
    await workbench.waitForNotification(like(notices.built("web:systemd", "#")), bootTime);
    assert.notEqual(await id(), before);
  });

  it("Build and Boot", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.dismissNotifications();
    await run("buildAndBoot");
    await workbench.waitForNotification(running, bootTime);
    assert.equal((await exec(["docker", "ps", "--format", "{{.Names}}"])).stdout, "web-systemd\n");
  });

  it("Show Boot Report", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("showBootReport");
    await workbench.previewText(/multi-user\.target/);
  });

  it("Find Least Privilege…", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.dismissNotifications();
    await workbench.openFile("web/Dockerfile");
    await run("findLeastPrivilege");
    await workbench.answer("");
    await workbench.waitForNotification(leastTexts.result(english, "found", [], false), 2 * bootTime);
    const { stdout } = await exec(["docker", "ps", "--all", "--format", "{{.Names}}"]);
    assert.equal(stdout, "web-systemd\n");
    await workbench.dismissNotifications();
  });

  it("Verify Units, of the Dockerfile that adds the unit in focus", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.openFile("web/page.service");
    await run("verifyUnits");
    await workbench.waitForNotification(verifyTexts.verified(english, "web/Dockerfile", 252, 1, 0), bootTime);
    const { stdout } = await exec(["docker", "ps", "--all", "--format", "{{.Names}}"]);
    assert.equal(stdout, "web-systemd\n");
    await workbench.dismissNotifications();
    await workbench.openFile("web/Dockerfile");
  });

  it("Open Shell", async function () {
    const { workbench, run } = open(this);
    await run("openShell");
    await workbench.typeInTerminal("id -un\n", /^root$/m);
    await workbench.page.keyboard.type("exit\n");
    await workbench.terminalEnded();
  });

  it("Open Shell As…", async function () {
    const { workbench, run } = open(this);
    await run("openShellAs");
    await workbench.choices(/\/home\/me/);
    await workbench.choose(/^me$/);
    await workbench.typeInTerminal("echo $USER in $PWD\n", /^me in \/home\/me$/m);
    await workbench.killTerminal();
  });

  it("Open Login Console", async function () {
    const { workbench, exec, run } = open(this);
    await run("openLoginConsole");
    await workbench.typeInTerminal("\n", /login: *$/m, like(notes.attached().split(" ")[0] ?? ""));
    await workbench.page.keyboard.type("nobody\n");
    await workbench.terminalText(/Password:/);
    await workbench.killTerminal();
    assert.equal((await exec(["docker", "ps", "--format", "{{.Names}}"])).stdout, "web-systemd\n");
  });

  it("Run Command…, with the lines of before", async function () {
    const { workbench, run } = open(this);
    await run("runCommand");
    await workbench.answer("echo $(id -un) 'is it'; exit 4");
    await workbench.outputText(like(`root is it\n${notes.commandExited(4)}`));
    await workbench.waitForNotification(notices.commandExited("echo $(id -un) 'is it'; exit 4", 4));
    await workbench.dismissNotifications();
    await run("runCommand");
    await workbench.choose("echo $(id -un) 'is it'");
    await workbench.waitForNotification(notices.commandExited("echo $(id -un) 'is it'; exit 4", 4));
    await workbench.dismissNotifications();
  });

  it("Follow Journal, Pause or Resume Journal, Stop Following Journal", async function () {
    const { workbench, exec, run } = open(this);
    const log = (text: string) => exec(["docker", "exec", "web-systemd", "systemd-cat", "echo", text]);
    await run("followJournal");
    await workbench.choose(labels.entireJournal("web-systemd"));
    await workbench.outputText(/Startup finished/);
    await run("toggleJournal");
    await workbench.outputText(like(paused));
    await log("said-meanwhile");
    await run("toggleJournal");
    await workbench.outputText(new RegExp(`${like(paused).source}\\n(.*\\n)*.*said-meanwhile`));
    await run("stopJournal");
    await workbench.outputText(like(`[${notes.journalStopped()}]`));
  });

  it("Restart Unit, Stop Unit, Start Unit", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.dismissNotifications();
    const state = async () =>
      (await exec(["docker", "exec", "web-systemd", "systemctl", "is-active", "page"])).stdout;
    for (const [id, told, after] of [
      ["restartUnit", "page.service is active", "active\n"],
      ["stopUnit", "page.service is", "inactive\n"],
      ["startUnit", "page.service is active", "active\n"],
    ] as const) {
      await run(id);
      await workbench.choose("page.service", "page.service");
      await workbench.waitForNotification(told);
      assert.match(await state(), after === "inactive\n" ? /^(inactive|failed)/ : /^active/);
      await workbench.dismissNotifications();
    }
  });

  it("Open Unit File", async function () {
    const { workbench, run } = open(this);
    await run("openUnitFile");
    await workbench.choose("page.service", "page.service");
    await workbench.page.locator('.tab.active[data-resource-name="page.service"]').waitFor();
  });

  it("Update Unit in Container, of the unit file in focus", async function () {
    const { workbench, run } = open(this);
    await workbench.openFile("web/page.service");
    await run("updateUnit");
    const told = await workbench.waitForNotification("page.service is active");
    assert.match(told, like("web/page.service"));
    await workbench.dismissNotifications();
  });

  it("Filter Units…, Refresh Containers", async function () {
    const { workbench, run } = open(this);
    await run("filterUnits");
    await workbench.choose(units.all());
    await run("refresh");
  });

  it("Commit…, Tag…, Push…", async function () {
    const { workbench, exec, run } = open(this);
    await run("commit");
    await workbench.answer("r.invalid/web:snapshot");
    await workbench.waitForNotification("Committed web-systemd as r.invalid/web:snapshot");
    await workbench.dismissNotifications();
    await run("tag");
    await workbench.answer("r.invalid/web:tagged");
    await workbench.waitForNotification("Tagged web:systemd as r.invalid/web:tagged");
    await workbench.dismissNotifications();
    await run("push");
    await workbench.choose("r.invalid/web:tagged");
    await workbench.waitForNotification("r.invalid", bootTime);
    await workbench.dismissNotifications();
    const { stdout } = await exec(["docker", "images", "--format", "{{.Tag}}", "r.invalid/web"]);
    assert.deepEqual(stdout.trim().split("\n").sort(), ["snapshot", "tagged"]);
  });

  it("Stop", async function () {
    const { workbench, run } = open(this);
    await run("stop");
    await workbench.waitForNotification(like(notices.stopped("web-systemd", "#", 0)), bootTime);
  });

  it("Start, of one that had stopped", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("start");
    await workbench.waitForNotification(running, bootTime);
  });

  it("Restart", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("restart");
    await workbench.waitForNotification(running, bootTime);
  });

  it("Open in Browser, where there is no network and where a page is", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.dismissNotifications();
    await run("openInBrowser");
    await workbench.waitForNotification(notices.noNetwork("web-systemd"));
    await workbench.dismissNotifications();
    const flags = ["--security-opt", "writable-cgroups=true", "--tmpfs", "/run", "--tmpfs", "/run/lock"];
    const label = ["--label", "dev.systemd-containers.container=true", "--network", "host", "--name", "page"];
    const { code, stderr } = await exec(["docker", "run", "--detach", ...flags, ...label, "web:systemd"]);
    assert.equal(code, 0, stderr);
    const opened = workbench.page.waitForEvent("popup", { timeout: bootTime });
    await run("openInBrowser");
    await workbench.choose(/^page$/);
    const page = await opened;
    assert.match(page.url(), /18080/);
    await page.close();
    await workbench.page.bringToFront();
  });

  it("Remove, of one of several, after asking", async function () {
    const { workbench, exec, run } = open(this);
    await run("remove");
    await workbench.choose(/^page$/);
    assert.match(await workbench.answerDialog(buttons.remove()), like(questions.remove("page", true)[0]));
    await workbench.waitForNotification(notices.removed("page"), bootTime);
    assert.equal((await exec(["docker", "ps", "--all", "--format", "{{.Names}}"])).stdout, "web-systemd\n");
  });

  it("Boot with Debug Log, in place of the container of before", async function () {
    const { workbench, exec, run } = open(this);
    await workbench.dismissNotifications();
    await workbench.openFile("web/Dockerfile");
    await run("bootWithDebugLog");
    assert.match(
      await workbench.answerDialog(buttons.replace()),
      like(questions.replace("web-systemd", true)[0]),
    );
    await workbench.waitForNotification(running, bootTime);
    const { stdout } = await exec(["docker", "inspect", "--format", "{{.Config.Cmd}}", "web-systemd"]);
    assert.match(stdout, /log-level=debug/);
  });

  it("Toggle Boot on Save", async function () {
    const { workbench, exec, run } = open(this);
    const id = async () => (await exec(["docker", "inspect", "--format", "{{.Id}}", "web-systemd"])).stdout;
    await workbench.dismissNotifications();
    await workbench.openFile("web/Dockerfile");
    await run("bootOnSave");
    await workbench.waitForNotification(notices.bootOnSave("web/Dockerfile"));
    await workbench.page.locator(".statusbar-item", { hasText: "web/Dockerfile" }).waitFor();
    await workbench.screenshot("boot-on-save");
    const before = await id();
    for (const [typed, wanted] of [
      ["# saved", running],
      [
        "RUN exit 3",
        like(sentencesOf({ code: "build-failed", said: "", step: { text: "RUN exit 3", exitCode: "3" } })),
      ],
    ] as const) {
      await workbench.dismissNotifications();
      await workbench.clickOn(await workbench.firstLine());
      await workbench.page.keyboard.press("Control+End");
      await workbench.page.keyboard.type(`\n${typed}`);
      await workbench.waitForChange();
      await workbench.save("web/Dockerfile");
      await workbench.waitForNotification(wanted, bootTime);
    }
    const after = await id();
    assert.notEqual(after, before);
    assert.match((await exec(["docker", "ps", "--format", "{{.Names}}"])).stdout, /^web-systemd$/m);
    await workbench.clickOn(await workbench.firstLine());
    for (const _ of ["# saved", "RUN exit 3"]) await workbench.page.keyboard.press("Control+Z");
    await workbench.page.locator(".statusbar-item", { hasText: "web/Dockerfile" }).click();
    await workbench.waitForNotification(notices.bootOnSaveEnded("web/Dockerfile"));
    await workbench.save("web/Dockerfile");
  });

  it("Boot Image…", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("bootImage");
    await workbench.choose("systemd-test:252");
    await workbench.waitForNotification(like(notices.booted("systemd-test-252-systemd", "#")), bootTime);
  });

  it("Launch…", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("launch");
    await workbench.choose("The worker");
    await workbench.waitForNotification(
      like(notices.degraded("worker-systemd", "#", "worker.service")),
      bootTime,
    );
  });

  it("Change Build Options…", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await workbench.openFile("web/Dockerfile");
    await run("changeBuildOptions");
    await workbench.choose(labels.platform());
    await workbench.choose("linux/arm64");
    assert.match((await workbench.choices(/linux\/arm64/)).join(), like(labels.platform()));
    await workbench.page.keyboard.press("Escape");
  });

  it("Make This Image Boot systemd", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await mkdir(join(workbench.folder, "plain"));
    await writeFile(join(workbench.folder, "plain/Dockerfile"), 'FROM debian:12\nCMD ["/opt/app"]\n');
    await workbench.openFile("plain/Dockerfile");
    await run("makeImageBoot");
    await workbench.waitForChange();
    await workbench.waitForNotification(notices.bootsSystemd());
    await workbench.pictures("make-image-boot");
    assert.match(await workbench.save("plain/Dockerfile"), /systemctl enable run-app\.service/);
    assert.match(
      await readFile(join(workbench.folder, "plain/run-app.service"), "utf8"),
      /^ExecStart=\/opt\/app$/m,
    );
  });

  it("Build and Boot, which offers the same first where an image starts no systemd", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await mkdir(join(workbench.folder, "bare"));
    const [path, text] = [join(workbench.folder, "bare/Dockerfile"), 'FROM debian:12\nCMD ["/opt/app"]\n'];
    await writeFile(path, text);
    await workbench.openFile("bare/Dockerfile");
    await run("buildAndBoot");
    const offered = workbench.page.locator(".monaco-dialog-box .monaco-button");
    await offered.first().waitFor();
    await workbench.screenshot("without-systemd");
    // Their order depends on the platform.
    assert.deepEqual(
      (await offered.allTextContents()).toSorted(),
      [buttons.makeImageBoot(), buttons.bootAnyway(), "Cancel"].toSorted(),
    );
    // The button that has the focus.
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForNotification(notices.bootsSystemd());
    await workbench.waitForChange();
    // It is read first, and saved by the person.
    assert.equal(await readFile(path, "utf8"), text);
    await workbench.runCommand("File: Revert File");
    await rm(join(workbench.folder, "bare"), { recursive: true });
  });

  it("Create Unit File, Run This at Boot, Add Compose Service, Forward Journal", async function () {
    const { workbench, run } = open(this);
    const { page, folder } = workbench;
    const acts = async (done: string) => {
      await workbench.waitForNotification(done);
      await workbench.dismissNotifications();
    };
    await workbench.dismissNotifications();
    const start = "#!/bin/sh\n/opt/other &\nexec /sbin/init\n";
    await writeFile(join(folder, "plain/start.sh"), start);
    await workbench.openFile("plain/Dockerfile");
    await run("createUnitFile");
    await page.locator(".quick-input-widget:visible input.input").first().fill("/opt/more --all");
    await page.keyboard.press("Enter");
    await acts(notices.unitCreated());
    await run("addComposeService");
    await acts(notices.serviceAdded());
    await workbench.openFile("plain/Dockerfile");
    await run("forwardJournal");
    await acts(notices.journalForwarded());
    await workbench.openFile("plain/Dockerfile");
    const text = await workbench.save("plain/Dockerfile");
    assert.match(text, /systemctl enable run-more\.service/);
    assert.match(text, /ForwardToConsole=yes/);
    assert.match(await readFile(join(folder, "plain/compose.yaml"), "utf8"), /build: \./);
    await writeFile(
      join(folder, "plain/Dockerfile"),
      `${text.replace(/^CMD .*\n/m, "")}COPY start.sh /\nENTRYPOINT ["/start.sh"]\n`,
    );
    await workbench.openFile("plain/start.sh");
    await page.keyboard.press("Control+g");
    await page.locator(".quick-input-widget:visible input.input").first().fill(":2");
    await page.keyboard.press("Enter");
    await run("runAtBoot");
    await acts(notices.runsAtBoot());
    await workbench.pictures("run-at-boot");
    assert.match(await workbench.save("plain/Dockerfile"), /systemctl enable run-other\.service/);
    await workbench.openFile("plain/start.sh");
    assert.equal(await workbench.save("plain/start.sh"), "#!/bin/sh\nexec /sbin/init\n");
  });

  it("New Dockerfile That Boots systemd", async function () {
    const { workbench, run } = open(this);
    await run("newDockerfile");
    await workbench.waitForChange();
    await workbench.until("the snippet", async () => {
      const text = await workbench.page.locator(".editor-instance .view-line").allTextContents();
      return /FROM.debian/.test(text.join()) || undefined;
    });
    await workbench.pictures("new-dockerfile");
    await workbench.runCommand("View: Revert and Close Editor");
  });

  it("Open Example", async function () {
    const { workbench, run } = open(this);
    await run("openExample");
    const { page } = workbench;
    await workbench.acceptDirectory(workbench.folder, "broken", buttons.createExample());
    await page.locator('.tab.active[data-resource-name="Dockerfile"]').waitFor();
    await workbench.waitForSquiggle("error");
    const example = join(workbench.folder, "systemd-example");
    assert.deepEqual((await readdir(example)).sort(), ["Dockerfile", "compose.yaml"]);
    // The other tests pick from the files of the workspace.
    await rm(example, { recursive: true });
    await rm(join(workbench.folder, "plain"), { recursive: true });
    await workbench.openFile("web/Dockerfile");
  });

  it("Copy Build Command", async function () {
    const { workbench, run } = open(this);
    await run("copyBuildCommand");
    await workbench.choose("docker");
    await workbench.waitForNotification(notices.copied("docker buildx build"));
    assert.match(await workbench.clipboard(), /^docker .*--platform[ =]linux\/arm64/);
  });

  it("Copy Run Command", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("copyRunCommand");
    await workbench.choose("docker run");
    await workbench.waitForNotification(notices.copied("docker run"));
    assert.match(await workbench.clipboard(), /^docker run .*writable-cgroups=true/);
  });

  it("Convert to Another Format…", async function () {
    const { workbench, run } = open(this);
    await workbench.openFile("web/Dockerfile");
    await run("convertToFormat");
    await workbench.choose("Quadlet");
    await workbench.waitForChange();
    await workbench.until("the new document", async () => {
      const text = await workbench.page.locator(".editor-instance .view-line").allTextContents();
      return /\[Container\]/.test(text.join()) || undefined;
    });
    await workbench.runCommand("View: Revert and Close Editor");
  });

  it("Explain Log…", async function () {
    const { workbench, run } = open(this);
    await workbench.copy("Failed to mount tmpfs at /run: Operation not permitted\n");
    await run("explainLog");
    assert.match(await workbench.previewText(like(logReport.title())), /--tmpfs \/run/);
  });

  it("Select Engine…", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("selectEngine");
    await workbench.waitForNotification(like(notices.engineNamed("Docker 28#", "#", "DOCKER_HOST")));
  });

  it("Check Engine", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await run("checkEngine");
    await workbench.previewText(like(engineReport.start()));
  });

  it("Boot Compose Service…, Boot Compose Project", async function () {
    const { workbench, exec, run } = open(this);
    if (programs === "") skip(this, "the engine has no compose that could be lent to the editor");
    const services = async () =>
      (await exec(["docker", "ps", "--filter", "label=com.docker.compose.service=web", "--quiet"])).stdout;
    await workbench.openFile("stack/compose.yaml");
    for (const id of ["bootComposeService", "bootComposeProject"]) {
      await run(id);
      await workbench.terminalText(/Attaching to|web-1/, bootTime);
      await workbench.until("the service runs", async () => (await services()) || undefined, bootTime);
      await workbench.page.locator(".codelens-decoration a", { hasText: rows.journal() }).first().waitFor();
      await workbench.screenshot(`running-${id}`);
      await workbench.pressInTerminal("Control+C");
      await workbench.until(
        "the service has stopped",
        async () => ((await services()) === "" ? true : undefined),
        bootTime,
      );
      await workbench.terminalEnded();
    }
  });

  it("Toggle Boot on Save, of a service", async function () {
    const { workbench, exec, run } = open(this);
    if (programs === "") skip(this, "the engine has no compose that could be lent to the editor");
    await workbench.dismissNotifications();
    await workbench.openFile("stack/compose.yaml");
    await run("bootOnSave");
    await workbench.waitForNotification(notices.bootOnSave("stack/compose.yaml"));
    const filter = ["--filter", "label=com.docker.compose.service=web"];
    const running = async () => (await exec(["docker", "ps", ...filter, "--quiet"])).stdout;
    const booted = like(notices.booted("stack-web-1", "#"));
    const saved = async (file: string) => {
      await workbench.clickOn(await workbench.firstLine());
      await workbench.page.keyboard.press("Control+End");
      await workbench.page.keyboard.type("\n# saved");
      await workbench.waitForChange();
      await workbench.save(file);
      await workbench.waitForNotification(booted, bootTime);
    };
    await saved("stack/compose.yaml");
    const first = await running();
    await workbench.pressInNotification(buttons.showBootReport());
    const readAt = () => workbench.previewText(like(reportPage.readAt("#")));
    const before = await readAt();
    await workbench.screenshot("compose-on-save");
    await workbench.dismissNotifications();
    // A file that the Dockerfile of the service copies.
    await workbench.openFile("web/page.service");
    await saved("web/page.service");
    assert.notEqual(await running(), first);
    await workbench.page.locator(".tab", { hasText: "stack-web-1" }).click();
    assert.notEqual(await readAt(), before);
    await workbench.page.locator(".statusbar-item", { hasText: "stack/compose.yaml" }).click();
    await workbench.waitForNotification(notices.bootOnSaveEnded("stack/compose.yaml"));
  });

  it("Show Rule…", async function () {
    const { workbench, run } = open(this);
    const title = rules.find(({ id }) => id === "run-init")?.title ?? "";
    await run("showRule");
    // A rule is found by its id, which stands behind its title.
    await workbench.choose(title, "run-init");
    await workbench.previewText(new RegExp(title));
  });

  it("Restart Language Server, Show Log", async function () {
    const { workbench, run } = open(this);
    await workbench.openFile("wrapped/Dockerfile");
    await run("restartServer");
    await workbench.waitForSquiggle();
    await run("showLog");
    await workbench.outputText(
      new RegExp([serverEnd(null, "#"), serverEnd(0, null)].map((text) => like(text).source).join("|")),
    );
  });

  it("Fix All Problems, which reports what it did", async function () {
    const { workbench, run } = open(this);
    await workbench.dismissNotifications();
    await workbench.openFile("wrapped/Dockerfile");
    await workbench.waitForSquiggle();
    const before = await workbench.save("wrapped/Dockerfile");
    await run("fixAll");
    const told = await workbench.waitForNotification(notices.fixed(1));
    assert.match(
      told,
      like(notices.fixedAll("wrapped/Dockerfile", [notices.fixed(1), notices.hintsLeft(1)].join(", "))),
    );
    await workbench.waitForChange();
    await workbench.screenshot("fix-all-report");
    await workbench.clickOn(await workbench.firstLine());
    await workbench.page.keyboard.press("Control+Z");
    assert.equal(await workbench.save("wrapped/Dockerfile"), before);
  });

  it("Ignore or Disable Rule…", async function () {
    const { workbench, run } = open(this);
    await workbench.openFile("wrapped/Dockerfile");
    await workbench.clickOn(await workbench.waitForSquiggle());
    await run("ignoreOrDisable");
    await workbench.choose(/^image-shell-form-init$/);
    const offered = (await workbench.choices(like(labels.disableRule("image-shell-form-init")))).join();
    assert.match(offered, like(labels.explainRule("image-shell-form-init")));
    await workbench.screenshot("ignore-or-disable");
    await workbench.choose(/image-shell-form-init/);
    await workbench.waitForChange();
    assert.match(
      await workbench.save("wrapped/Dockerfile"),
      /^# systemd-containers-ignore image-shell-form-init\nCMD/m,
    );
  });

  it("nothing of the palette was left out", function () {
    session(this);
    assert.deepEqual([...driven].sort(), [...paletteIds].sort());
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
