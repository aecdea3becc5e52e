import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { texts } from "../../server/src/cli/texts";
import { visible, visibleJson, visibleLines } from "../../server/src/core/base/visible";
import { program, workingFolder } from "./terminal";

const { cli, path, write } = workingFolder();

/** What no line of this project may hold. Lines may end in CR LF, and diffs may have tabs. */
const active = /[^\P{Cc}\t\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]|[\u{e0000}-\u{e007f}]/u;
const command = /^\s*::|##\w*\[/m;

function expectInert(text: string): void {
  expect(text.replace(/\r\n/g, "\n")).not.toMatch(active);
  expect(text).not.toMatch(command);
}

/** Text that a terminal, a reader or a CI runner takes for more than text. */
const nasty =
  "\u001b[31mred\u001b]0;title\u0007\u009b2J\u202eright\u2028::add-mask::x\r::add-mask::y\n::add-mask::z\n  ::error::w ##[add-mask]v \u{e0041}\u007f";

/** As a double-quoted YAML scalar. */
const yaml = JSON.stringify(nasty);

const compose = `services:
  ${yaml}:
    image: ${yaml}
    command: ["/sbin/init", ${yaml}]
    user: ${yaml}
    stop_signal: ${yaml}
    hostname: ${yaml}
    environment:
      A: ${yaml}
    volumes: [${JSON.stringify(`/x:/x${nasty}`)}]
    cap_add: [${yaml}]
    security_opt: [${yaml}]
  other:
    image: x
    command: /sbin/init
`;

const esc = "\u001b[31m\u202e";
const dockerfile = `FROM debian:12
RUN apt-get install -y systemd systemd-sysv
RUN <<EOT
::add-mask::${esc}
echo ##[add-mask]x
EOT
VOLUME ["/sys/fs/cgroup"]
STOPSIGNAL ${esc}X
USER ${esc}
CMD ["/sbin/init", "--log-level=\u202e"]
`;

describe("text that a file holds is shown on one line, and nothing in it is active", () => {
  test.each([
    [["lint"]],
    [["lint", "--all"]],
    [["lint", "--fail-level", "never", "--engine", "docker", "--engine-version", "28"]],
    [["fix", "--dry-run"]],
    [["fix"]],
  ])("%j of a Dockerfile and of a compose file", (args) => {
    write("Dockerfile", dockerfile);
    write("compose.yaml", compose);
    const { out, err } = cli(...args, "Dockerfile", "compose.yaml");
    expect(out).not.toBe("");
    expectInert(out + err);
    // A finding is a line, then lines that are indented.
    if (args[0] === "lint")
      for (const line of out.trimEnd().split("\n"))
        if (line !== texts.more(Number.parseInt(line, 10)))
          expect(line).toMatch(/^((Dockerfile|compose\.yaml):\d+:\d+: |\s+(fix|suggestion|evidence): )/);
  });

  test.each(["docker", "podman", "compose", "api", "explain"])("plan --format %s", (format) => {
    write("compose.yaml", compose);
    write("one.yaml", compose.replace(/ {2}other:[\s\S]*/, ""));
    const known = cli("plan", "--kind", "compose", "--format", format, "one.yaml");
    expect(known.out + known.err).not.toBe("");
    expectInert(known.out + known.err);
    const several = cli("plan", "--format", format, "compose.yaml");
    expect(several.err).toMatch(/^[^\n]+\n$/);
    expectInert(several.err);
  });

  test.skipIf(process.platform === "win32" || !existsSync("/bin/bash"))(
    "a planned command is one line, and bash reads the words of the file from it",
    () => {
      write("compose.yaml", `services:\n  web:\n    image: x\n    command: ["/sbin/init", ${yaml}]\n`);
      const { out } = cli("plan", "--format", "docker", "compose.yaml");
      expect(out).toMatch(/^[^\n]+\n$/);
      const line = `f() { printf '%s\\0' "$@"; }; f ${out}`;
      const words = execFileSync("bash", ["-c", line], {
        encoding: "utf8",
        env: { ...process.env, LC_ALL: "C.UTF-8" },
      });
      expect(words.split("\0")).toContain(nasty);
    },
  );

  test("explain shows a line of the log", () => {
    write("log", "::add-mask::\u202e\u009b ##[x] Failed to mount tmpfs at /run: Operation not permitted\n");
    const { out, err } = cli("explain", "log");
    expect(out).toContain("line: \\x3a:add-mask::\\u202e");
    expectInert(out + err);
    for (const line of out.trimEnd().split("\n")) expect(line).toMatch(/^(\S| {4}(line|fix|see): )/);
  });

  test.skipIf(process.platform === "win32")("names of files that are found, given or missing", () => {
    const name = `Dockerfile.${nasty.replace(/[/\u{e0041}]/gu, "")}`;
    write(name, dockerfile);
    write("::add-mask::x.dockerfile", dockerfile);
    for (const args of [["lint"], ["fix", "--dry-run"], ["plan"], ["fix"]]) {
      const { out, err } = cli(...args, ".");
      expect(out + err).not.toBe("");
      expectInert(out + err);
    }
    for (const args of [["lint"], ["fix"], ["plan"], ["explain"]]) {
      const { code, err } = cli(...args, `missing${nasty}`);
      expect(code).toBe(2);
      expect(err).toMatch(/^[^\n]+\n$/);
      expectInert(err);
    }
  });

  test("wrong usage", () => {
    for (const args of [[`x${nasty}`], ["lint", `--${nasty}`], ["lint", "--format", nasty, "x"]]) {
      const { code, err } = cli(...args);
      expect(code).toBe(2);
      expectInert(err);
    }
  });
});

describe("JSON output", () => {
  test("is JSON, has no active character, and says what the file says", () => {
    write("Dockerfile", dockerfile);
    write("compose.yaml", compose);
    const { out } = cli("lint", "--format", "json", "Dockerfile", "compose.yaml");
    expectInert(out);
    expect(JSON.parse(out).findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(JSON.parse(out))).toContain("\u202e");
  });

  test("escapes as JSON does", () => {
    expect(JSON.parse(visibleJson({ a: nasty }))).toEqual({ a: nasty });
    expect(visibleJson(["\u202e\u{e0041}##[x]"])).toBe('[\n  "\\u202e\\udb40\\udc41#\\u0023[x]"\n]');
  });
});

test("what is shown of control characters", () => {
  expect(visible("\u001b[1m\r\n\t\u009b\u202e\u{e0041}")).toBe("\\x1b[1m\\r\\n\\t\\u009b\\u202e\\U000e0041");
  expect(visible("\ud800x")).toBe("\\ud800x");
  expect(visible("::a")).toBe("\\x3a:a");
  expect(visible("\u00a0\u3000::a ##vso[b]c # #[d] ##e")).toBe(
    "\u00a0\u3000\\x3a:a #\\x23vso[b]c # #[d] ##e",
  );
  expect(visible(visible(nasty))).toBe(visible(nasty));
  expect(visible("naïve 日本 👨‍👩‍👧 ::")).toBe("naïve 日本 👨‍👩‍👧 ::");
  expect(visibleLines("a\r\n\tb\r\r\n ::c\u2028d\n")).toBe("a\r\n\tb\\r\r\n \\x3a:c\\u2028d\n");
});

describe("the built program", () => {
  const start = (args: readonly string[], stdout: number | "pipe", stderr: number | "pipe" = "pipe") =>
    spawnSync(process.execPath, [program, ...args], {
      cwd: path(),
      stdio: ["ignore", stdout, stderr],
      encoding: "utf8",
    });

  test.skipIf(!existsSync("/dev/full"))("says that its output cannot be written, and exits 2", () => {
    write("Dockerfile", dockerfile);
    const { status, stderr } = start(["lint", "Dockerfile"], openSync("/dev/full", "w"));
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `${texts.output(texts.fullDisk)}\n`,
    });
    expect(start(["lint", "missing"], "pipe", openSync("/dev/full", "w")).status).toBe(2);
  });

  const script = "/usr/bin/script";
  test.skipIf(process.platform !== "linux" || !existsSync(script))(
    "escapes control characters if fix - prints to a terminal",
    () => {
      write("Dockerfile", dockerfile);
      const line = `'${process.execPath}' '${program}' fix - < Dockerfile`;
      const { stdout } = spawnSync(script, ["-qec", line, "/dev/null"], { cwd: path(), encoding: "utf8" });
      expect(stdout).toContain("STOPSIGNAL");
      expectInert(stdout);
    },
  );
});

describe("wrong values are wrong usage", () => {
  test.each([
    ["lint", ""],
    ["fix", ""],
    ["plan", ""],
    ["explain", ""],
    ["lint", "Dockerfile", ""],
  ])("an empty path: %s %j", (...args) => {
    write("Dockerfile", dockerfile);
    expect(cli(...args)).toEqual({
      code: 2,
      out: "",
      err: `${texts.emptyPath}\n${texts.tryHelp}\n`,
    });
  });

  test.each(["28.x$", "28.", "28.x", "v28", "28 ", " 28", "28\n", "-28", "28..1", "28.1.2.3.4", "28$", ""])(
    "--engine-version %j",
    (version) => {
      write("Dockerfile", dockerfile);
      expect(cli("lint", `--engine-version=${version}`, "Dockerfile")).toMatchObject({ code: 2, out: "" });
    },
  );

  test.each(["28", "28.5", "20.10.24", "20.10.24+dfsg1", "5.4.0-rc1", "4.9.4-rhel", "28.5.2-ce"])(
    "but --engine-version %s is a version",
    (version) => {
      write("Dockerfile", dockerfile);
      expect(cli("lint", "--engine-version", version, "Dockerfile")).toMatchObject({ code: 1, err: "" });
    },
  );
});
