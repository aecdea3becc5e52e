import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import { catalogue } from "../../../server/src/core/logs/catalogue";
import { explainLog, type LogToExplain } from "../../../server/src/core/logs/explain";
import type { ImageFacts } from "../../../server/src/core/plan/types";
import { growth } from "../../growth";
import { keyedArgument } from "../keyed";
import { samples } from "./samples";

const docker28 = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
const image: ImageFacts = { reference: "web", systemdVersion: 252, volumes: [], needs: [] };

const idsOf = (given: LogToExplain) => explainLog(given).map(({ id }) => id);

describe("the catalogue", () => {
  const ids = catalogue.map(({ id }) => id);

  test("names each row once", () => {
    expect(new Set(ids).size).toBe(ids.length);
  });

  /** Rows that only count when engine or image are known, or in the output of a build or a play, have their own test. */
  const conditional = [
    "cgroup-userns",
    "cgroup-mount-old-systemd",
    "cgroup-mount-v1",
    "unmount-hostname",
    "build-systemctl",
    "build-no-systemctl",
    "build-init",
    "not-booted-play",
    "not-booted-container",
    "not-booted-devcontainer",
    "bus-missing-rootless",
    "cgroup-read-only-podman",
    "cgroup-read-only-rootless",
    "cgroup-rootless",
    "cgroup-rootless-v2",
    "cgroup-mount-volume",
    "cgroup-mount-old-unknown",
    "cgroup-mount-podman",
    "cgroup-no-medium-podman",
    "unit-cgroup-v1",
    "no-systemctl-in-shell",
    "cgroup-mount-lxc",
    "namespace-243",
    "credentials-kernel",
    "credentials-emulated",
  ];

  test("has a sample for each row", () => {
    expect([...Object.keys(samples), ...conditional].sort()).toEqual([...ids].sort());
  });

  const lines = Object.entries(samples).flatMap(([id, texts]) => texts.map((text) => ({ id, text })));

  test.each(lines)("$id: $text", ({ id, text }) => {
    const harmless = catalogue.find((row) => row.id === id)?.kind === "harmless";
    expect(idsOf({ log: text })).toEqual(harmless ? [] : [id]);
    expect(idsOf({ log: `Nov 24 10:00:00 web systemd[1]: ${text}\r\n` })).toEqual(harmless ? [] : [id]);
    for (const { cause, fix } of explainLog({ log: text })) {
      expect(format(cause)).not.toMatch(/\{\w+\}/);
      expect(format(fix)).not.toMatch(/\{\w+\}| {2}|undefined/);
    }
  });

  test("tells a follow-up only without its cause, and the more telling one", () => {
    expect(idsOf({ log: "[!!!!!!] Failed to mount API filesystems.\nExiting PID 1..." })).toEqual([
      "api-file-systems",
    ]);
    expect(
      idsOf({ log: "Exiting PID 1...\nFailed to allocate manager object: Read-only file system" }),
    ).toEqual(["manager-read-only"]);
  });

  test("puts what ended PID 1 before what only went wrong", () => {
    const log = [
      "web.service: Main process exited, code=exited, status=203/EXEC",
      "Failed to create /init.scope control group: Read-only file system",
      "Exiting PID 1...",
    ].join("\n");
    expect(idsOf({ log })).toEqual(["cgroup-read-only", "unit-exec"]);
  });

  test("tells the more exact of two rows that say the same", () => {
    const exact = "web.service: Failed to locate executable /opt/web: No such file or directory";
    const status = "web.service: Main process exited, code=exited, status=203/EXEC";
    expect(idsOf({ log: `${exact}\n${status}` })).toEqual(["exec-missing"]);
    expect(idsOf({ log: `${status}\n${exact}` })).toEqual(["exec-missing"]);
  });

  test("knows by its control group that PID 1 took over the host's root", () => {
    expect(idsOf({ log: "", group: "/../../init.scope" })).toEqual(["cgroup-takeover"]);
    expect(idsOf({ log: "", group: "/init.scope" })).toEqual([]);
  });

  test("tells a cause once, by its first line", () => {
    const log = ["a.service: status=203/EXEC", "b.service: status=203/EXEC"].join("\n");
    expect(explainLog({ log }).map(({ line }) => line)).toEqual(["a.service: status=203/EXEC"]);
  });
});

describe("what is known beside the log", () => {
  const mount = "Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted";

  test.each<[string, Partial<LogToExplain>, string, string | undefined]>([
    ["nothing", {}, "cgroup-mount-unknown", "image-cgroup-volume"],
    ["cgroup v2", { facts: docker28 }, "cgroup-mount-volume", "image-cgroup-volume"],
    [
      "cgroup v2 and an old systemd",
      { facts: docker28, image: { ...image, systemdVersion: 219 } },
      "cgroup-mount-old-systemd",
      "image-cgroup-version",
    ],
    ["cgroup v1", { facts: { ...docker28, cgroupVersion: 1 } }, "cgroup-mount-v1", undefined],
    [
      "cgroup v1 and a VOLUME",
      { facts: { ...docker28, cgroupVersion: 1 }, image: { ...image, volumes: ["/sys/fs/cgroup"] } },
      "cgroup-mount-volume",
      "image-cgroup-volume",
    ],
  ])("a mount of cgroup v1 is refused; known: %s", (_, known, id, rule) => {
    expect(explainLog({ log: mount, ...known }).map((cause) => [cause.id, cause.rule])).toEqual([[id, rule]]);
  });

  test("userns-remap explains what it denies", () => {
    const facts = { ...docker28, usernsRemap: true };
    const [cause] = explainLog({
      log: "Failed to create /init.scope control group: Permission denied",
      facts,
    });
    expect(cause?.id).toBe("cgroup-userns");
    expect(cause?.fix.args.cgroup).toMatchObject({ key: "explain.flag.no-remap" });
    expect(idsOf({ log: "Failed to allocate manager object: Permission denied", facts })).toEqual([
      "cgroup-userns",
    ]);
  });

  test.each<[string, LogToExplain["facts"], string]>([
    [
      "nothing",
      undefined,
      "explain.flag.older(cgroup=--cgroupns=private --security-opt writable-cgroups=true, older=--cgroupns=host -v /sys/fs/cgroup:/sys/fs/cgroup)",
    ],
    ["Docker 28", docker28, "--cgroupns=private --security-opt writable-cgroups=true"],
    ["Docker 26", { ...docker28, version: "26.1.5" }, "--cgroupns=host -v /sys/fs/cgroup:/sys/fs/cgroup"],
  ])("the fix has the flags of the plan; known: %s", (_, facts, flags) => {
    const [cause] = explainLog({ log: samples["cgroup-read-only"]?.[0] ?? "", facts });
    expect(cause && keyedArgument(cause.fix.args.cgroup ?? "")).toBe(flags);
  });

  test("an image that cannot boot on the engine is the cause, when the log holds none", () => {
    const known = {
      facts: { ...docker28, cgroupVersion: 1 },
      image: { ...image, systemdVersion: 262 },
    } as const;
    expect(idsOf({ log: "", exitCode: 255, ...known })).toEqual(["refused"]);
    expect(idsOf({ log: "Exiting PID 1...", exitCode: 255, ...known })).toEqual(["refused"]);
    expect(idsOf({ log: "hello", exitCode: 1, ...known })).toEqual([]);
    expect(idsOf({ log: "", exitCode: 0, ...known })).toEqual([]);
  });

  test.each<[string, string, number | undefined, ImageFacts | undefined, string[]]>([
    ["255 without a word", "", 255, undefined, ["silent-end"]],
    ["255 of something that talks", "fatal: no route to host", 255, undefined, []],
    [
      "137 of a system that ran",
      "systemd 252 running in system mode\nReached target Multi-User System",
      137,
      undefined,
      ["killed"],
    ],
    ["137, the image stops by SIGTERM", "Reached target Multi-User System", 137, image, ["killed"]],
    [
      "137, the image has the right signal",
      "Reached target Multi-User System",
      137,
      { ...image, stopSignal: "37" },
      [],
    ],
    [
      "137 while it halted",
      "Reached target Multi-User System\nReached target System Shutdown",
      137,
      undefined,
      [],
    ],
    ["137 of something else", "listening on :8080", 137, undefined, []],
    [
      "137 after it could not unmount what is the engine's",
      "[FAILED] Failed unmounting etc-hostname.mount - /etc/hostname.",
      137,
      undefined,
      ["unmount-hostname"],
    ],
    ["0 although it could not", "[FAILED] Failed unmounting /etc/hostname.", 0, undefined, []],
    ["137 without a word", "", 137, undefined, []],
    ["0 after a halt", "Reached target Multi-User System\nExiting container.", 0, undefined, []],
    ["130, a halt of a privileged container", "Reached target Power-Off", 130, undefined, []],
    ["nothing at all", "", undefined, undefined, []],
  ])("exit code %s", (_, log, exitCode, known, ids) => {
    expect(idsOf({ log, exitCode, image: known })).toEqual(ids);
  });
});

describe("logs as they come", () => {
  const line = "Failed to create /init.scope control group: Read-only file system";

  test.each([
    ["CRLF", `a\r\n${line}\r\nb`],
    ["bare carriage returns", `a\r${line}\rb`],
    ["colours", `\u001b[0;1;31m${line}\u001b[0m`],
    ["colours whose escape was lost", `[0;1;31m${line}[0m`],
    ["colours in caret notation", `^[[0;1;31m${line}^[[0m`],
    ["colours of syslog", `web systemd[1]: #033[0;1;31m${line}#033[0m`],
    ["colours within", line.replace("control", "\u001b[1mcontrol\u001b[0m")],
    ["an OSC before it", `\u001b]3008;start=1;type=boot\u001b\\${line}`],
    ["an OSC that ends in a bell", `\u001b]0;title\u0007${line}`],
    ["a log driver's time", `2026-11-24T10:00:00.000000000Z ${line}`],
    ["a builder's prefix", `#8 0.312 ${line}`],
    ["other control characters", `\u0000${line}\u0008`],
  ])("%s", (_, log) => {
    expect(explainLog({ log }).map((cause) => cause.id)).toEqual(["cgroup-read-only"]);
  });

  test("the line that is told has no colours whose escape was lost", () => {
    for (const log of [`[0;1;38;5;185m${line}[0m`, `^[[1m${line}^[[m`])
      expect(explainLog({ log })[0]?.line).toBe(line);
    expect(explainLog({ log: `[5m 30s] ${line} [web]` })[0]?.line).toBe(`[5m 30s] ${line} [web]`);
  });

  test("the line that is told has no terminal sequences", () => {
    expect(explainLog({ log: `\u001b]3008;x\u001b\\\u001b[1m${line}\u001b[0m\r\n` })[0]?.line).toBe(line);
  });

  test("a log of any length is read in bounded time, by its beginning and its end", () => {
    const noise = (lines: number) =>
      `${"Failed to mount Failed to connect to bus ".repeat(40)}\n`.repeat(lines);
    const read = (log: string) => expect(idsOf({ log })).toEqual(["cgroup-read-only"]);
    // Both are longer than what is read of them.
    expect(growth((lines) => `${line}\n${noise(lines)}`, read, 4_000, 16_000, 0.5)).toBeLessThan(0.5);
    expect(growth((lines) => `${noise(lines)}${line}\n`, read, 4_000, 16_000, 0.5)).toBeLessThan(0.5);
  });

  test("one line of a megabyte, or of escapes without end, is no trouble", () => {
    const read = (log: string) => expect(explainLog({ log })).toEqual([]);
    for (const text of [
      "\u001b]",
      "\u001b[0;",
      "Failed to mount ",
      "/init.scope ",
      "[!!!!!!] ",
      "systemd Failed to fork ",
    ]) {
      const make = (length: number) => text.repeat(length / text.length);
      expect(growth(make, read, 100_000, 1_000_000, 1.5), text).toBeLessThan(1.5);
    }
  });

  test("half a line at a cut is not read as one", () => {
    const start = "\nWater, freezing";
    const filler = "x".repeat(128 * 1024 - start.length);
    expect(explainLog({ log: `${filler}${start}-point ${"y".repeat(600_000)}` })).toEqual([]);
  });
});
