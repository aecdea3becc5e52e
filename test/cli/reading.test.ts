import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../server/out/cli.cjs", import.meta.url));
const dockerfile = 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-reading-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process of its own: one that waits for a pipe can be ended, and counts as one that hangs. */
const cli = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8", timeout: 60_000 });

test.skipIf(process.platform === "win32")("a file that names a pipe or a device is linted", () => {
  execFileSync("mkfifo", [join(folder, "pipe"), join(folder, "run.sh"), join(folder, ".dockerignore")]);
  execFileSync("mkfifo", [join(folder, "Dockerfile.pipe")]);
  symlinkSync("/dev/zero", join(folder, "zero.yaml"));
  writeFileSync(
    join(folder, "compose.yaml"),
    `services:
  a: { image: x, command: /sbin/init, init: true, extends: { file: pipe, service: a } }
  b: { image: x, command: /sbin/init, init: true, extends: { file: zero.yaml, service: a } }
  c: { build: { context: ., dockerfile: Dockerfile.pipe }, command: /sbin/init, init: true }
  d: { image: x, command: /sbin/init, init: true, env_file: /dev/zero }
`,
  );
  writeFileSync(
    join(folder, "Dockerfile"),
    `${dockerfile.replace("CMD", "COPY run.sh /\nCMD")}ENTRYPOINT ["/run.sh"]\n`,
  );
  const { status, signal, stdout } = cli("lint", ".");
  expect(signal).toBeNull();
  expect(stdout).toContain("[run-init]");
  expect(status).toBe(1);
});

test("files over 1 MB get a hint and are counted, and the rest is linted", () => {
  mkdirSync(join(folder, "large"));
  writeFileSync(join(folder, "large", "Dockerfile"), dockerfile);
  truncateSync(join(folder, "large", "Dockerfile"), 3_000_000_000);
  writeFileSync(join(folder, "Dockerfile"), dockerfile);
  const text = cli("lint", ".");
  expect(text.stdout).toContain(`${join("large", "Dockerfile")}:1:1: hint: This file is larger than 1 MB`);
  expect(text.stdout).toContain("[image-stop-signal]");
  expect(text.stderr).toBe("1 file not linted.\n");
  expect(text.status).toBe(1);
  const alone = cli("lint", "--format", "json", "large");
  const { findings } = JSON.parse(alone.stdout);
  expect(findings).toMatchObject([{ rule: "not-linted", severity: "hint", line: 1 }]);
  expect(findings[0]).not.toHaveProperty("docs");
  expect(alone.status).toBe(0);
});

test("fix and plan say which file is too large", () => {
  writeFileSync(join(folder, "Dockerfile"), `${dockerfile}#${"x".repeat(1_000_000)}`);
  expect(cli("fix", "Dockerfile")).toMatchObject({
    status: 0,
    stdout: "",
    stderr: "Dockerfile: not fixed: it is larger than 1 MB.\n",
  });
  expect(cli("plan", "Dockerfile")).toMatchObject({
    status: 2,
    stderr: "Dockerfile: not read: it is larger than 1 MB.\n",
  });
});
