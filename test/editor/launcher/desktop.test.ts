import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { executableBehind, testExecutable } from "../code";
import { withDisplay } from "../display";
import { runInDesktop } from "../host";
import { root } from "../paths";
import { whichOrInstall } from "../system";

/** Stands in for VS Code: writes down how it was started, and reports like the in-host suite would. */
const recorder = `#!/usr/bin/env node
const { writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const tests = process.argv.find((arg) => arg.startsWith("--extensionTestsPath=")).split("=")[1];
writeFileSync(process.env.RECORD, JSON.stringify({ args: process.argv.slice(2) }));
require.resolve(tests);
if (process.env.OUTCOME === "crash") process.exit(7);
writeFileSync(join(dirname(tests), "results.json"), '[{"title":"recorded","state":"passed","ms":1}]');
`;

const untouched = { ...process.env };

describe("the launcher for a desktop VS Code", () => {
  let folder: string;
  let executable: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "systemd-containers-launcher-"));
    executable = join(folder, "code");
    await writeFile(executable, recorder);
    await chmod(executable, 0o755);
    process.env.RECORD = join(folder, "record.json");
    // The recorder opens no window, so it only needs to hear of a display.
    process.env.DISPLAY ??= ":0";
  });

  afterEach(async () => {
    process.env = { ...untouched };
    await rm(folder, { recursive: true });
  });

  it("starts the executable on a copy of the examples, with the extension and the suite", async () => {
    const results = await runInDesktop(executable);
    assert.deepEqual(results, [{ title: "recorded", state: "passed", ms: 1 }]);
    const { args } = JSON.parse(await readFile(join(folder, "record.json"), "utf8"));
    assert.ok(args.includes(`--extensionDevelopmentPath=${root}`));
    assert.ok(args.some((arg: string) => /^--extensionTestsPath=.*runner\.cjs$/.test(arg)));
    assert.match(args[0], /examples$/);
    assert.ok(!args.includes(join(root, "examples")), "the repository's own examples stay untouched");
    const profile = args[args.indexOf("--user-data-dir") + 1];
    assert.ok(profile.startsWith(tmpdir()), "the user's own profile stays untouched");
  });

  it("reports a VS Code that ends without results as a failure", async () => {
    process.env.OUTCOME = "crash";
    const [result] = await runInDesktop(executable);
    assert.equal(result?.state, "failed");
    assert.match(result?.reason ?? "", /code ended without results: .*7/);
  });

  it("brings a display of its own where there is none", async function () {
    if (process.platform !== "linux") this.skip();
    for (const name of ["DISPLAY", "WAYLAND_DISPLAY"]) delete process.env[name];
    await whichOrInstall(["Xvfb"], "xvfb").catch(() => this.skip());
    const display = await withDisplay(async (env) => {
      const socket = `/tmp/.X11-unix/X${env.DISPLAY?.slice(1)}`;
      assert.ok((await stat(socket)).isSocket(), "the display can be connected to");
      return env.DISPLAY;
    });
    assert.match(display ?? "", /^:\d+$/);
  });

  it("takes the executable that SYSTEMD_CONTAINERS_VSCODE names", async () => {
    process.env.SYSTEMD_CONTAINERS_VSCODE = executable;
    assert.deepEqual(await testExecutable(), { value: executable });
    process.env.SYSTEMD_CONTAINERS_VSCODE = join(folder, "absent");
    assert.match((await testExecutable()).reason ?? "", /absent, which does not exist/);
  });

  it("finds the program behind the code command", async () => {
    const bin = join(folder, "share", "bin");
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, "code"), "");
    await writeFile(join(folder, "share", "code"), "");
    const command = join(folder, "command");
    await symlink(join(bin, "code"), command);
    assert.equal(executableBehind(command), join(folder, "share", "code"));
    assert.equal(executableBehind(executable), executable, "a launcher of another shape is taken as it is");
  });
});
