import { execFileSync, spawnSync } from "node:child_process";
import { symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { texts } from "../../server/src/cli/texts";
import { largeLine } from "./reasons";
import { program, workingFolder } from "./terminal";

const dockerfile = 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';

const { path, write } = workingFolder();

/** A separate process: one that waits for a pipe can be ended, and counts as one that hangs. */
const cli = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: path(), encoding: "utf8", timeout: 60_000 });

test.skipIf(process.platform === "win32")("a file that names a pipe or a device is linted", () => {
  execFileSync("mkfifo", [path("pipe"), path("run.sh"), path(".dockerignore")]);
  execFileSync("mkfifo", [path("Dockerfile.pipe")]);
  symlinkSync("/dev/zero", path("zero.yaml"));
  write(
    "compose.yaml",
    `services:
  a: { image: x, command: /sbin/init, init: true, extends: { file: pipe, service: a } }
  b: { image: x, command: /sbin/init, init: true, extends: { file: zero.yaml, service: a } }
  c: { build: { context: ., dockerfile: Dockerfile.pipe }, command: /sbin/init, init: true }
  d: { image: x, command: /sbin/init, init: true, env_file: /dev/zero }
`,
  );
  write("Dockerfile", `${dockerfile.replace("CMD", "COPY run.sh /\nCMD")}ENTRYPOINT ["/run.sh"]\n`);
  const { status, signal, stdout } = cli("lint", ".");
  expect(signal).toBeNull();
  expect(stdout).toContain("[run-init]");
  expect(status).toBe(1);
});

test("files over 1 MB get a hint and are counted, and the rest is linted", () => {
  write("large/Dockerfile", dockerfile);
  truncateSync(path("large/Dockerfile"), 3_000_000_000);
  write("Dockerfile", dockerfile);
  const text = cli("lint", ".");
  expect(text.stdout).toContain(largeLine(join("large", "Dockerfile")));
  expect(text.stdout).toContain("[image-stop-signal]");
  expect(text.stderr).toBe(`${texts.notLinted(1)}\n`);
  expect(text.status).toBe(1);
  const alone = cli("lint", "--format", "json", "large");
  const { findings } = JSON.parse(alone.stdout);
  expect(findings).toMatchObject([{ rule: "not-linted", severity: "hint", line: 1 }]);
  expect(findings[0]).not.toHaveProperty("docs");
  expect(alone.status).toBe(0);
});

test("fix and plan say which file is too large", () => {
  write("Dockerfile", `${dockerfile}#${"x".repeat(1_000_000)}`);
  expect(cli("fix", "Dockerfile")).toMatchObject({
    status: 0,
    stdout: "",
    stderr: `Dockerfile: ${texts.notFixedLarge}\n`,
  });
  expect(cli("plan", "Dockerfile")).toMatchObject({
    status: 2,
    stderr: `Dockerfile: ${texts.tooLarge}\n`,
  });
});
