import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { texts } from "../../server/src/cli/texts";
import type { Message } from "../../server/src/core/base/message";
import { format } from "../../server/src/core/base/message";
import { catalogue } from "../../server/src/core/logs/catalogue";
import { explainLog } from "../../server/src/core/logs/explain";
import { program, workingFolder } from "./terminal";

const line = "Failed to create /init.scope control group: Read-only file system";

/** What is reported of a log in which nothing is known. */
const unknown = `${texts.stdin}: ${texts.noCause(catalogue.length)}\n`;

const { cli, path, pipe, write } = workingFolder();

/** Runs `explain` in the directory, with a text or bytes on its standard input. */
const explain = (args: readonly string[], input: string | Uint8Array = "") => pipe(input, "explain", ...args);

const rows = (args: readonly string[], input?: string | Uint8Array) =>
  JSON.parse(explain(["--format", "json", ...args], input).out).causes as { id: string; fix: string }[];
const ids = (input: string | Uint8Array, ...args: string[]) => rows(args, input).map(({ id }) => id);

describe("explain", () => {
  test.each([[[]], [["-"]]])("reads standard input: %j", (args) => {
    const { code, out, err } = explain(args, `hello\r\n\u001b[1;31m${line}\u001b[0m\r\n`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [cause] = explainLog({ log: line });
    expect(cause).toMatchObject({ id: "cgroup-read-only", rule: "run-cgroup-writable" });
    expect(out).toBe(
      `${format(cause?.cause as Message)} [run-cgroup-writable]\n    line: ${line}\n` +
        `    fix: ${format(cause?.fix as Message)}\n    ${texts.page("run-cgroup-writable")}\n`,
    );
  });

  test("reads a file", () => {
    write("boot log", line);
    expect(explain(["boot log"]).code).toBe(0);
  });

  test("prints JSON, the first cause first", () => {
    const text = `web.service: Main process exited, code=exited, status=217/USER\n${line}\n`;
    const [cause] = explainLog({ log: text });
    expect([cause?.cause.key, cause?.fix.key]).toEqual([
      "explain.cgroup-read-only.cause",
      "explain.cgroup-read-only.fix",
    ]);
    expect(rows([], text)).toEqual([
      {
        id: "cgroup-read-only",
        line,
        cause: format(cause?.cause as Message),
        fix: format(cause?.fix as Message),
        rule: "run-cgroup-writable",
      },
      expect.objectContaining({ id: "unit-user" }),
    ]);
  });

  test("says so when nothing in it is known, and ends with 1", () => {
    expect(explain([], "listening on :8080\n")).toEqual({ code: 1, out: "", err: unknown });
    expect(rows([], "listening on :8080\n")).toEqual([]);
    expect(explain([]).code).toBe(1);
  });

  test("quotes a failure that is not known before the end of PID 1, and ends with 1", () => {
    const { code, out, err } = explain([], "Failed to frobnicate: No.\nExiting PID 1...\n");
    expect(code).toBe(1);
    expect(out).toContain("    line: Failed to frobnicate: No.\n");
    expect(err).toBe(unknown);
  });

  test("takes the exit code and the engine into account", () => {
    expect(ids("", "--exit-code", "255")).toEqual(["silent-end"]);
    expect(ids("Reached target Multi-User System.", "--exit-code", "137")).toEqual(["killed"]);
    const [cause] = rows(["--engine-version", "26.1"], line);
    expect(cause?.fix).toContain("--cgroupns=host -v /sys/fs/cgroup:/sys/fs/cgroup");
    expect(cause?.fix).not.toContain("writable-cgroups");
  });

  test.each([
    [["--exit-code", "many"], texts.exitCode],
    [["--exit-code", "256"], texts.exitCode],
    [["a", "b"], texts.onlyLog],
    [["--format", "xml"], texts.oneOf("format", "text, json")],
    [["--cgroup", "3"], texts.oneOf("cgroup", "1, 2, hybrid")],
  ])("%j is wrong usage", (args, message) => {
    expect(explain(args)).toEqual({ code: 2, out: "", err: `${message}\n${texts.tryHelp}\n` });
  });

  test("a file that is not there, a folder: says so and ends with 2", () => {
    expect(explain(["none"])).toEqual({ code: 2, out: "", err: `none: ${texts.absent}\n` });
    expect(explain(["."])).toEqual({ code: 2, out: "", err: `.: ${texts.directory}\n` });
  });

  test("is in the usage", () => {
    const { out } = cli("explain", "--help");
    expect(out).toContain("explain [--format text|json] [--exit-code N] [TARGET] [FILE|-]");
  });
});

describe("logs as they are written to files", () => {
  test("UTF-16, as PowerShell writes it", () => {
    expect(ids(Buffer.from(`\ufeff${line}\r\n`, "utf16le"))).toEqual(["cgroup-read-only"]);
    expect(ids(Buffer.from(`\ufeff${line}\r\n`, "utf16le").swap16())).toEqual(["cgroup-read-only"]);
  });

  test("an engine's own stream, with a header before each line", () => {
    const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, line.length]);
    expect(ids(Buffer.concat([header, Buffer.from(line), header, Buffer.from(line)]))).toEqual([
      "cgroup-read-only",
    ]);
  });

  test("the engine's JSON, a line a line", () => {
    const log = JSON.stringify({
      log: `\u001b[31m${line}\r\n`,
      stream: "stdout",
      time: "2026-11-24T10:00:00Z",
    });
    expect(ids(`${log}\n`)).toEqual(["cgroup-read-only"]);
  });

  test("stray bytes that are no UTF-8", () => {
    const stray = Buffer.from([0xff, 0xc3, 0x28, 0x0a]);
    expect(ids(Buffer.concat([stray, Buffer.from(line), stray]))).toEqual(["cgroup-read-only"]);
  });

  test("what is no text at all is refused", () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256));
    expect(explain([], bytes)).toEqual({ code: 2, out: "", err: `${texts.stdin}: ${texts.notText}\n` });
  });

  test("a log of any length takes the same memory, and its beginning and end are used", () => {
    const small = written(10, `${line}\n`, "");
    const least = peak(small);
    for (const path of [written(100, `${line}\n`, ""), written(100, "", `\n${line}\n`)]) {
      expect(rows([path]).map(({ id }) => id)).toEqual(["cgroup-read-only"]);
      // Read as a whole, it would take twice its 100 MB more: as bytes and as text.
      expect(peak(path) - least).toBeLessThan(100_000);
    }
  });
});

/** A log of that many megabytes between the first line and the last. */
function written(megabytes: number, first: string, last: string): string {
  const log = path(`${megabytes}${first.length}`);
  const noise = Buffer.from("GET /index.html 200 from the same client as ever\n".repeat(20_000));
  writeFileSync(log, first);
  for (let count = 0; count < megabytes; count++) writeFileSync(log, noise, { flag: "a" });
  writeFileSync(log, last, { flag: "a" });
  return log;
}

/** The most memory that the command line took at once to explain a log, in kilobytes. `npm run test:unit` builds it first. */
function peak(path: string): number {
  const script = `
    process.on("exit", () => require("node:fs").writeSync(2, String(process.resourceUsage().maxRSS)));
    process.argv.splice(1, 0, "systemd-containers");
    require(${JSON.stringify(program)});
  `;
  const { status, stderr } = spawnSync(process.execPath, ["-e", script, "explain", path], {
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  return Number(stderr);
}

test("a pipe that has nothing to say yet is waited for", async () => {
  const main = join(__dirname, "../../server/src/cli/main.ts");
  const child = spawn(process.execPath, ["--import", "tsx", main, "explain", "--format", "json"]);
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  setTimeout(() => child.stdin.write(`${line.slice(0, 20)}`), 100);
  setTimeout(() => child.stdin.end(`${line.slice(20)}\n`), 700);
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  expect(out).toContain("cgroup-read-only");
});
