import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { launchUi } from "../../../client/src/vscode/launch-ui";
import { until } from "./until";

const type = "systemd-containers";

describe("tasks in the extension host", () => {
  const setting = vscode.workspace.getConfiguration("systemdContainers");

  before(async () => {
    await setting.update("engine.host", "unix:///nowhere.sock", vscode.ConfigurationTarget.Global);
    await setting.update(
      "launch",
      [{ name: "fedora", image: "fedora-init" }],
      vscode.ConfigurationTarget.Global,
    );
  });
  after(async () => {
    await setting.update("engine.host", undefined, vscode.ConfigurationTarget.Global);
    await setting.update("launch", undefined, vscode.ConfigurationTarget.Global);
  });

  it("are offered for each Dockerfile and each launch configuration", async () => {
    const names = (await vscode.tasks.fetchTasks({ type })).map(({ name }) => name).sort();
    assert.deepEqual(names, [
      "boot broken/Dockerfile",
      "boot debian/Dockerfile",
      "boot fedora",
      "build broken/Dockerfile",
      "build debian/Dockerfile",
    ]);
  });

  it("end with 1 where no engine answers", async () => {
    const [task] = await vscode.tasks.fetchTasks({ type });
    assert.ok(task);
    assert.deepEqual(task.problemMatchers, ["$systemd-containers"]);
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== task.name) return;
        listener.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await ended, 1);
  });

  it("are made from what tasks.json says", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const execution = { type, task: "build", dockerfile: "debian/Dockerfile", stage: "x", label: "mine" };
    const file = vscode.workspace.getConfiguration("tasks", folder?.uri);
    await file.update("tasks", [execution], vscode.ConfigurationTarget.WorkspaceFolder);
    try {
      // What is written reaches the tasks a moment later.
      const mine = async () => (await vscode.tasks.fetchTasks()).find(({ name }) => name === "mine");
      const found = await until("the task of tasks.json", mine);
      assert.equal(found.definition.stage, "x");
    } finally {
      await file.update("tasks", undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    }
  });
});

describe("a program in a terminal", () => {
  it("gets its arguments and its environment as they are: no shell reads them", async () => {
    const folder = await mkdtemp(join(tmpdir(), "it's $(a) "));
    const file = join(folder, "said");
    const script =
      'require("fs").writeFileSync("said", JSON.stringify([process.argv.slice(1), process.env.SAID]))';
    const args = ["a b", "it's", "$(id)", '"', "", "a\nb"];
    const env = { SAID: "x 'y' $HOME" };
    try {
      const ended = new Promise<void>((resolve) => {
        const listener = vscode.window.onDidCloseTerminal(({ name }) => {
          if (name !== "says") return;
          listener.dispose();
          resolve();
        });
      });
      const command = process.execPath;
      await launchUi.runProgram("says", folder, { command, args: ["-e", script, "--", ...args], env });
      await ended;
      assert.deepEqual(JSON.parse(await readFile(file, "utf8")), [args, env.SAID]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("is not started where VS Code would put a variable into a word", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of VS Code.
    const args = ["${workspaceFolder}"];
    await assert.rejects(
      launchUi.runProgram("never", tmpdir(), { command: process.execPath, args, env: {} }),
      { code: "variable" },
    );
  });
});
