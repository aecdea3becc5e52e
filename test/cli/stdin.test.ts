import { spawnSync } from "node:child_process";
import { readdirSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FindingRow } from "../../server/src/cli/formats/format";
import { texts } from "../../server/src/cli/texts";
import { largeLine, problemLine } from "./reasons";
import { program, workingFolder } from "./terminal";

const broken = `FROM debian:12
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
CMD ["/sbin/init"]
`;
const compose = "services:\n  web:\n    build: .\n    command: /sbin/init\n    init: true\n";

const { cli, path, pipe, read, write } = workingFolder();

function findings(input: string, ...args: string[]): FindingRow[] {
  return JSON.parse(pipe(input, "lint", "--format", "json", ...args, "-").out).findings;
}
const rules = (rows: readonly FindingRow[]) => rows.map(({ rule }) => rule);

describe("lint -", () => {
  test("lints standard input, known by its content, and calls it -", () => {
    const { code, out, err } = pipe(broken, "lint", "-");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toMatch(/^-:3:6: warning: .* \[image-stop-signal\]$/m);
    expect(rules(findings(compose))).toContain("run-init");
    expect(new Set(findings(broken).map(({ file }) => file))).toEqual(new Set(["-"]));
  });

  test("what its content does not tell, --kind or the name says", () => {
    const text = "# nothing\n";
    expect(pipe(text, "lint", "-")).toEqual({
      code: 2,
      out: "",
      err: `-: ${texts.unknownKind}\n`,
    });
    expect(pipe(text, "lint", "--kind", "dockerfile", "-").code).toBe(0);
    expect(pipe(text, "lint", "--stdin-filename", "web.dockerfile", "-").code).toBe(0);
    expect(pipe(text, "lint", "--stdin-filename", "notes", "-").err).toBe(`notes: ${texts.unknownKind}\n`);
  });

  test("--stdin-filename is the name in the output, and relative files are looked up in its directory", () => {
    const image = broken.replace("CMD", 'COPY run.sh /\nENTRYPOINT ["/run.sh"]\nCMD');
    write("web/run.sh", '#!/bin/sh\n"$@"\n');
    const rows = findings(image, "--stdin-filename", "web/Dockerfile");
    expect(rules(rows)).toContain("image-entrypoint-exec");
    expect(new Set(rows.map(({ file }) => file))).toEqual(new Set(["web/Dockerfile"]));
    expect(rules(findings(image, "--stdin-filename", "other/Dockerfile"))).not.toContain(
      "image-entrypoint-exec",
    );
  });

  test("is judged with the files that it is linked with, in place of its own on the disk", () => {
    write("Dockerfile", "FROM nginx\n");
    write("compose.yaml", compose.replace("    init: true\n", ""));
    const image = "FROM debian:12\nRUN apt-get install -y systemd-sysv\n";
    expect(rules(findings(image, "--stdin-filename", "Dockerfile"))).toContain("image-stop-signal");
    expect(rules(findings(image))).toEqual([]);
    symlinkSync(path(), path("link"));
    expect(rules(findings(image, "--stdin-filename", "link/Dockerfile"))).toContain("image-stop-signal");
  });

  test("says where what it reads is not right", () => {
    const twice = `${compose}    init: false\n`;
    expect(pipe(twice, "lint", "--stdin-filename", "a/compose.yaml", "-")).toMatchObject({
      code: 2,
      err: problemLine("a/compose.yaml", twice, "yaml.repeated-key"),
    });
    expect(pipe(Buffer.from([0x46, 0x52, 0xe9]), "lint", "-")).toEqual({
      code: 2,
      out: "",
      err: `-: ${texts.notUtf8}\n`,
    });
  });

  test("more than 1 MB is not linted, however much follows", () => {
    const { code, out, err } = pipe(`${broken}#${"x".repeat(1_000_000)}`, "lint", "-");
    expect({ code, err }).toEqual({ code: 0, err: `${texts.notLinted(1)}\n` });
    expect(out).toBe(largeLine("-"));
    expect(pipe(broken.padEnd(1_000_000, "#"), "lint", "-").out).toContain("[image-stop-signal]");
  });
});

describe("fix -", () => {
  test("prints the fixed text, and writes nothing", () => {
    write("Dockerfile", broken);
    const { code, out, err } = pipe(broken, "fix", "--stdin-filename", "Dockerfile", "-");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(read("Dockerfile")).toBe(broken);
    expect(readdirSync(path())).toEqual(["Dockerfile"]);
    expect(pipe(broken, "fix", "-").out).toBe(out);
    cli("fix", "Dockerfile");
    expect(read("Dockerfile")).toBe(out);
  });

  test("prints a text that has nothing to fix as it is, every character of it", () => {
    const text = "\uFEFFFROM nginx\r\n# \u001b[31m\u202e\r\n::add-mask::x\r\n# no line end";
    expect(pipe(text, "fix", "--kind", "dockerfile", "-").out).toBe("");
    const accepted = text.replace("::add", "# ::add");
    expect(pipe(accepted, "fix", "-")).toEqual({ code: 0, out: accepted, err: "" });
    expect(pipe(`${broken}# \u202e\n`, "fix", "-").out).toMatch(/STOPSIGNAL[\s\S]*# \u202e\n$/);
  });

  test("--hints and --dry-run mean what they mean for files", () => {
    const service =
      "services:\n  web:\n    image: r/web\n    command: /sbin/init\n    stop_signal: SIGRTMIN+3\n";
    expect(pipe(service, "fix", "-").out).not.toContain("tty: true");
    expect(pipe(service, "fix", "--hints", "-").out).toContain("tty: true");
    const { out } = pipe(broken, "fix", "--dry-run", "--stdin-filename", "a/Dockerfile", "-");
    expect(out).toMatch(/^--- a\/Dockerfile\n\+\+\+ a\/Dockerfile\n/);
    expect(out).toMatch(/^\+STOPSIGNAL/m);
  });

  test("prints nothing and exits 2 where there is no fixed text", () => {
    const rejected = `${broken}RUN true\n  && false\n`;
    for (const [input, err] of [
      [rejected, problemLine("Dockerfile", rejected, "dockerfile.rejected")],
      [Buffer.from([0x46, 0x52, 0xe9]), `Dockerfile: ${texts.notUtf8}\n`],
      [`${broken}#${"x".repeat(1_000_000)}`, `Dockerfile: ${texts.notFixedLarge}\n`],
    ] as const)
      expect(pipe(input, "fix", "--stdin-filename", "Dockerfile", "-")).toEqual({
        code: 2,
        out: "",
        err,
      });
  });
});

describe("wrong usage", () => {
  test.each([
    [["lint", "-", "Dockerfile"], texts.onlyStdin],
    [["fix", "Dockerfile", "-"], texts.onlyStdin],
    [["lint", "--stdin-filename", "Dockerfile", "."], texts.needsStdin],
    [["fix", "--stdin-filename=", "-"], texts.emptyPath],
  ])("%j", (args, message) => {
    expect(pipe(broken, ...args)).toEqual({
      code: 2,
      out: "",
      err: `${message}\n${texts.tryHelp}\n`,
    });
  });

  test("a file that is called - is named by its path", () => {
    write("-", broken);
    expect(cli("lint", "./-")).toMatchObject({ code: 1, err: "" });
  });
});

test("the built program reads a pipe, and gives back what it got", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "fix", "-"], {
    cwd: path(),
    input: `${broken}# \u001b\n`,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("STOPSIGNAL");
  expect(stdout.endsWith("# \u001b\n")).toBe(true);
});
