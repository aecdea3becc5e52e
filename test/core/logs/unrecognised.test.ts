import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import { explainLog } from "../../../server/src/core/logs/explain";

const told = (log: string) => explainLog({ log }).map(({ id, line }) => [id, line]);

/** Failures of PID 1 that the catalogue does not know. */
const unknown = [
  "Failed to open the frobnicator: Value too large for defined data type",
  "Caught <SEGV>, dumped core as pid 12.",
  "Assertion 'm' failed at src/core/manager.c:4211, function manager_loop(). Aborting.",
  "Failed to mount tmpfs at /sys/fs/cgroup: No such device",
  "Failed to mount proc at /proc: Operation not permitted",
  "Couldn't create the bus queue: Cannot allocate memory",
];

const ends = [
  "[!!!!!!] Failed to allocate manager object.\nExiting PID 1...",
  "Failed to allocate manager object: Read-only file system\n[!!!!!!] Failed to allocate manager object.\nExiting PID 1...",
  "[!!!!!!] Failed to mount API filesystems.\nExiting PID 1...",
  "[!!!!!!] Failed to mount API filesystems, freezing.\nFreezing execution.",
  "[!!!!!!] Failed to start up manager, freezing.\nFreezing execution.",
  "Exiting PID 1...",
];

const banner = "systemd 252.39-1 running in system mode (+PAM)\nDetected virtualization docker.";

describe("a failure that is not known stands before the end of PID 1", () => {
  test.each(unknown.flatMap((line) => ends.map((end) => [line, end] as const)))("%s … %j", (line, end) => {
    for (const log of [`${line}\n${end}`, `${banner}\nInitializing machine ID.\n${line}\n${end}`]) {
      const [cause, ...more] = explainLog({ log });
      expect(more).toEqual([]);
      expect(cause).toMatchObject({ id: "unrecognised", line, rules: [] });
      expect(cause?.rule).toBeUndefined();
      expect(cause && format(cause.fix)).not.toMatch(/--|mount|tmpfs|cgroup|root/i);
    }
  });

  const [line = ""] = unknown;
  const end = "[!!!!!!] Failed to mount API filesystems.\nExiting PID 1...";

  test("it comes before what went wrong and ended nothing", () => {
    const console = "Failed to open /dev/console: No such file or directory";
    expect(told(`${console}\n${line}\n${end}`)).toEqual([
      ["unrecognised", line],
      ["console", console],
    ]);
  });

  test("the line before the summary says more than the summary", () => {
    const summary = "[!!!!!!] Failed to load the security policy.";
    const why = "Failed to load the security policy: Exec format error";
    expect(told(`${why}\n${summary}\nExiting PID 1...`)).toEqual([["unrecognised", why]]);
    expect(told(`${summary}\nExiting PID 1...`)).toEqual([["unrecognised", summary]]);
  });

  test("it keeps what a log driver writes before it", () => {
    const log = `${line}\n${end}`.replaceAll(/^/gm, "2026-11-24T10:00:00Z ");
    expect(told(log)).toEqual([["unrecognised", `2026-11-24T10:00:00Z ${line}`]]);
  });
});

describe("no such failure stands there", () => {
  const end = "[!!!!!!] Failed to mount API filesystems.\nExiting PID 1...";

  test.each([
    ["nothing", ""],
    ["what systemd goes on after", "Failed to write the container file, ignoring: No such file or directory"],
    ["what is known to be harmless", "Failed to open libbpf, cgroup BPF features disabled: Not supported"],
    ["good news", "[  OK  ] Reached target Failed Units."],
    ["a failure of the boot before", `Failed to find it.\n${banner}`],
    ["a failure long before", `Failed to find it.\n${"Starting up.\n".repeat(20)}`],
  ])("%s", (_, before) => {
    expect(told(`${before}\n${end}`).map(([id]) => id)).toEqual(["api-file-systems"]);
  });

  test("a cause that is known is told, whatever stands between", () => {
    const known = "Failed to mount tmpfs at /run: Operation not permitted";
    expect(told(`${known}\nFailed to frobnicate.\n${end}`).map(([id]) => id)).toEqual(["tmpfs-run"]);
  });

  test("what ended PID 1 comes before what only went wrong", () => {
    const console = "Failed to open /dev/console: No such file or directory";
    const follow = "Failed to allocate manager object: Read-only file system";
    expect(told(`${console}\n${follow}\nExiting PID 1...`)).toEqual([
      ["manager-read-only", follow],
      ["console", console],
    ]);
  });

  test("failures of a system that runs are not the end of PID 1", () => {
    expect(told(`${banner}\nFailed to find it.\n[  OK  ] Reached target Multi-User System.`)).toEqual([]);
  });
});

describe("the newest line first", () => {
  const reversed = (...lines: string[]) => lines.toReversed().join("\n");

  test("the cause is quoted, not what follows from it", () => {
    const known = "Failed to create /init.scope control group: Read-only file system";
    const follow = "Failed to allocate manager object: Read-only file system";
    expect(
      told(
        reversed(banner, known, follow, "[!!!!!!] Failed to allocate manager object.", "Exiting PID 1..."),
      ),
    ).toEqual([["cgroup-read-only", known]]);
  });

  test("a failure that is not known is found as well", () => {
    const line = "Failed to frobnicate: Value too large";
    expect(
      told(reversed(banner, line, "[!!!!!!] Failed to start up manager, freezing.", "Freezing execution.")),
    ).toEqual([["unrecognised", line]]);
  });

  test("boots after another in their order are not taken for it", () => {
    const boot = `${banner}\nFailed to frobnicate: No.\n[!!!!!!] Failed to start up manager.\nExiting PID 1...`;
    expect(told(`${boot}\n${boot}`)).toEqual([["unrecognised", "Failed to frobnicate: No."]]);
  });
});

describe("lines within JSON", () => {
  const line = "Failed to create /init.scope control group: Read-only file system";

  test.each([
    ["a message of Ansible", JSON.stringify({ changed: false, msg: `first\n${line}\nExiting PID 1...\n` })],
    [
      "lines of Ansible",
      `fatal: [web]: FAILED! => ${JSON.stringify({ stdout_lines: ["first", line, "last"] })}`,
    ],
    ["with Windows line ends", JSON.stringify({ msg: `first\r\n${line}\r\nlast` })],
    ["with colours", JSON.stringify({ msg: `first\n\u001b[0;1;31m${line}\u001b[0m\nlast` })],
  ])("%s", (_, log) => {
    const [cause] = explainLog({ log });
    expect(cause?.id).toBe("cgroup-read-only");
    expect(cause?.line).toMatch(/^"?Failed to create \/init\.scope control group: Read-only file system"?$/);
  });
});
