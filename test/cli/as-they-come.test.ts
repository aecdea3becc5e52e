import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { run } from "../../server/src/cli/run";
import type { Terminal } from "../../server/src/cli/terminal";
import { texts } from "../../server/src/cli/texts";
import { lintProject } from "../core/lint-project";
import { largeLine } from "./reasons";
import { program, workingFolder } from "./terminal";

const broken = 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';
const rejected = "FROM debian:12\nRUN true\n  && false\n";

const { path, write } = workingFolder();

/** What lint prints at the end, where one of so many files is broken and others have so many notices. */
function ending(files: number, notices = 0): string {
  const found = lintProject({ Dockerfile: broken });
  const more = found.filter(({ severity }) => severity === "information" || severity === "hint").length;
  return `${texts.more(more)}\n${texts.checked(files, found.length + notices)}\n`;
}

/** Runs a command line; gives its exit code and what it printed, each call of the terminal for itself. */
function printed(args: readonly string[], terminal: Partial<Terminal> = {}) {
  const outs: string[] = [];
  const errs: string[] = [];
  const code = run(args, {
    cwd: path(),
    page: () => "",
    raw: () => {},
    ...terminal,
    out: (text) => {
      outs.push(text);
      terminal.out?.(text);
    },
    err: (text) => {
      errs.push(text);
      terminal.err?.(text);
    },
  });
  return { code, outs, errs };
}

describe("the findings of a file are printed", () => {
  test("before the next one is read", () => {
    write("a/Dockerfile", broken);
    write("b/Dockerfile", broken);
    const { outs, code } = printed(["lint", "."], { out: () => write("b/Dockerfile", "FROM nginx\n") });
    expect(outs).toEqual([expect.stringMatching(/^a\/Dockerfile:(.*\n)+$/), ending(2)]);
    expect(outs[0]).not.toContain("b/Dockerfile");
    expect(code).toBe(1);
  });

  test("before what is wrong with the form of the next one is told", () => {
    write("a/Dockerfile", broken);
    write("b/Dockerfile", rejected);
    const order: string[] = [];
    const add = (text: string) => order.push(...text.split(":").slice(0, 1));
    printed(["lint", "a", "b"], { out: add, err: add });
    expect(order).toEqual(["a/Dockerfile", "b/Dockerfile", ending(2)]);
  });

  test("in JSON all at the end, as one document", () => {
    write("a/Dockerfile", broken);
    write("b/Dockerfile", broken);
    const { outs } = printed(["lint", "--format", "json", "."]);
    expect(outs).toHaveLength(1);
    const files = JSON.parse(outs[0] ?? "").findings.map(({ file }: { file: string }) => file);
    expect(new Set(files)).toEqual(new Set(["a/Dockerfile", "b/Dockerfile"]));
  });

  test("and counted with the files that were too large, after them", () => {
    write("a/Dockerfile", "#".repeat(1_000_001));
    write("b/Dockerfile", broken);
    const { outs, errs } = printed(["lint", "."]);
    expect(outs).toEqual([expect.stringMatching(/^b\/Dockerfile:/), largeLine("a/Dockerfile"), ending(1, 1)]);
    expect(errs).toEqual([`${texts.notLinted(1)}\n`]);
  });
});

describe("when the reader of the output has gone", () => {
  test("lint stops, and its exit code is that of what it found", () => {
    write("a/Dockerfile", broken);
    write("b/Dockerfile", rejected);
    let isClosed = false;
    const { code, outs, errs } = printed(["lint", "."], {
      out: () => {
        isClosed = true;
      },
      isClosed: () => isClosed,
    });
    expect({ code, errs }).toEqual({ code: 1, errs: [] });
    expect(outs).toEqual([expect.stringContaining("a/Dockerfile"), ending(1)]);
  });

  test("the built program does, also within the text of one file", async () => {
    const services = Array.from(
      { length: 800 },
      (_, n) => `  s${n}:\n    image: x\n    command: /sbin/init\n    init: true\n`,
    );
    write("a/compose.yaml", `services:\n${services.join("")}`);
    write("b/Dockerfile", rejected);
    const child = spawn(process.execPath, [program, "lint", "."], { cwd: path() });
    let err = "";
    child.stderr.on("data", (text) => {
      err += text;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await once(child, "close")).toEqual([1, null]);
    expect(err).toBe("");
  });
});
