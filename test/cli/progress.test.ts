import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { withProgress } from "../../server/src/cli/progress";
import { run } from "../../server/src/cli/run";
import type { Terminal } from "../../server/src/cli/terminal";
import { texts } from "../../server/src/cli/texts";
import { program, workingFolder } from "./terminal";

/** A terminal that writes down what it shows, and a clock that the test sets. */
function watched(isTerminal = true) {
  let shown = "";
  let time = 5_000;
  const add = (text: string) => {
    shown += text;
  };
  const terminal: Terminal = withProgress(
    { cwd: ".", page: () => "", out: add, raw: add, err: add },
    { isTerminal: () => isTerminal, write: add, now: () => time },
  );
  return {
    terminal,
    wait(milliseconds: number, act: () => void): string {
      time += milliseconds;
      shown = "";
      act();
      return shown;
    },
  };
}

const clear = "\r\u001b[K";

describe("the line that says how far a command is", () => {
  test("is shown after a second, ten times a second at most, each time over the one before", () => {
    const { terminal, wait } = watched();
    const show = (done: number) => () => terminal.progress?.(done, 2_585);
    expect(wait(0, show(0))).toBe("");
    expect(wait(999, show(500))).toBe("");
    expect(wait(1, show(512))).toBe(`${clear}${texts.progress("512", "2,585")}`);
    expect(wait(99, show(520))).toBe("");
    expect(wait(1, show(1_024))).toBe(`${clear}${texts.progress("1,024", "2,585")}`);
  });

  test("makes room for what is printed, and is shown again below", () => {
    const { terminal, wait } = watched();
    wait(0, () => terminal.progress?.(0, 9));
    wait(1_000, () => terminal.progress?.(1, 9));
    expect(wait(0, () => terminal.out("a finding\n"))).toBe(`${clear}a finding\n`);
    expect(wait(0, () => terminal.out("another\n"))).toBe("another\n");
    expect(wait(0, () => terminal.progress?.(2, 9))).toBe(`${clear}${texts.progress("2", "9")}`);
    expect(wait(0, () => terminal.err("an error\n"))).toBe(`${clear}an error\n`);
    wait(0, () => terminal.progress?.(3, 9));
    expect(wait(0, () => terminal.raw("text"))).toBe(`${clear}text`);
  });

  test("is shown nowhere but in a terminal", () => {
    const { terminal, wait } = watched(false);
    expect(wait(2_000, () => terminal.progress?.(1, 9))).toBe("");
    expect(wait(0, () => terminal.out("a finding\n"))).toBe("a finding\n");
  });

  test("is cleared when all is done", () => {
    const { terminal, wait } = watched();
    wait(0, () => terminal.progress?.(0, 9));
    wait(1_000, () => terminal.progress?.(8, 9));
    expect(wait(0, () => terminal.progress?.(9, 9))).toBe(clear);
    expect(wait(500, () => terminal.progress?.(9, 9))).toBe("");
  });
});

describe("lint", () => {
  const { path, read, write } = workingFolder();
  beforeEach(() => {
    for (const name of ["a", "b"]) write(`${name}/Dockerfile`, "FROM nginx\n");
  });

  test("tells how many of the files are linted", () => {
    const told: [number, number][] = [];
    const none = () => {};
    const progress = (done: number, all: number) => void told.push([done, all]);
    run(["lint", ".", "missing"], { cwd: path(), page: () => "", out: none, raw: none, err: none, progress });
    expect(told).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  const script = "/usr/bin/script";
  test.skipIf(process.platform !== "linux" || !existsSync(script))(
    "shows it where standard error is a terminal, and nowhere else",
    () => {
      // The reader of the first file's findings lets the program wait.
      const services = Array.from(
        { length: 400 },
        (_, n) => `  s${n}:\n    image: x\n    command: /sbin/init\n    init: true\n`,
      );
      write("0/compose.yaml", `services:\n${services.join("")}`);
      const shown = (redirected: string) => {
        const line = `'${process.execPath}' '${program}' lint . ${redirected} | { sleep 2; wc -c > size; }`;
        return spawnSync(script, ["-qec", line, "/dev/null"], { cwd: path(), encoding: "utf8" }).stdout;
      };
      const [start, line, ...others] = shown("").split(clear);
      expect([start, others.at(-1)]).toEqual(["", ""]);
      expect([texts.progress("0", "3"), texts.progress("1", "3")]).toContain(line);
      expect(shown("2> err")).toBe("");
      expect(read("err")).toBe("");
      expect(Number(read("size"))).toBeGreaterThan(100_000);
    },
  );
});
