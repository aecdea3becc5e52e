import { describe, expect, test } from "vitest";
import type { BootAsked } from "../../server/src/cli/boot-asked";
import { bootTexts } from "../../server/src/cli/boot-texts";
import type { BootRow } from "../../server/src/cli/formats/format";
import { renderer } from "../../server/src/cli/formats/table";
import { run } from "../../server/src/cli/run";
import { texts } from "../../server/src/cli/texts";

const row: BootRow = {
  what: "web/Dockerfile",
  engine: "Docker 28.5.2",
  address: "unix:///var/run/docker.sock",
  state: "running",
  asExpected: true,
  seconds: 1.94,
  systemd: "systemd 252 (252.39)",
  checks: [
    { id: "boot", expects: bootTexts.boots, passed: true, found: "running after 1.9 s", lines: [] },
    { id: "stop", expects: bootTexts.stops, passed: true, found: "exit code 0 after 0.6 s", lines: [] },
  ],
  causes: [],
  failed: [],
  starting: [],
  stopped: { exitCode: 0, seconds: 0.6 },
  output: [],
  removeBy: [],
};

/** Text of a container that would end the element, move the cursor, and be a command to a CI runner. */
const foreign = 'a</failure>"\u001b[2J\n##[add-mask]x';

const bad: BootRow = {
  ...row,
  state: "degraded",
  asExpected: false,
  checks: [
    { id: "exec", expects: `${foreign} exits`, passed: false, found: foreign, lines: [foreign] },
    ...row.checks,
  ],
  causes: [
    {
      id: "x",
      line: foreign,
      cause: foreign,
      fix: foreign,
      rule: "image-nologin",
      file: "Dockerfile",
      fileLine: 3,
    },
  ],
  failed: [
    {
      unit: "web.service",
      why: foreign,
      allowed: false,
      journal: [foreign],
      causes: [],
      file: "w",
      fileLine: 1,
    },
  ],
  output: [foreign],
  removeBy: ["docker rm --force --volumes web"],
};

/** Runs a command line, and gives what the program was asked and what was printed. */
async function boot(args: readonly string[], result: BootRow | undefined = row, ended: 0 | 1 | 2 | 3 = 0) {
  let out = "";
  let err = "";
  let asked: BootAsked | undefined;
  const print = (text: string) => {
    out += text;
  };
  const code = await run(["boot", ...args], {
    cwd: ".",
    page: () => "",
    out: print,
    raw: print,
    err: (text) => {
      err += text;
    },
    boot: async (given) => {
      asked = given;
      return { code: ended, row: result };
    },
  });
  return { code, out, err, asked };
}

describe("the command line of boot", () => {
  test("asks for everything that its options state", async () => {
    const { code, asked } = await boot([
      ...["--engine", "unix:///s", "--timeout", "20", "--wait-unit", "a", "--wait-unit", "b.timer"],
      ...["--expect-active", "c", "--allow-failed", "d.socket", "--exec", "true", "--restart", "--keep"],
      ...["--kind", "compose", "compose.yaml#db"],
    ]);
    expect(code).toBe(0);
    expect(asked).toEqual({
      what: "compose.yaml#db",
      kind: "compose",
      engine: "unix:///s",
      seconds: 20,
      waitFor: ["a.service", "b.timer"],
      expectActive: ["c.service"],
      allowFailed: ["d.socket"],
      exec: "true",
      restart: true,
      keep: true,
    });
  });

  test("without options waits five minutes, and keeps nothing", async () => {
    const { asked } = await boot(["Dockerfile"]);
    expect(asked).toMatchObject({ seconds: 300, restart: false, keep: false, waitFor: [] });
    expect(asked?.engine).toBeUndefined();
  });

  test.each([
    [[], bootTexts.needsOne],
    [["a", "b"], bootTexts.needsOne],
    [["--timeout", "0", "a"], bootTexts.timeout],
    [["--timeout", "soon", "a"], bootTexts.timeout],
    [["--wait-unit", "", "a"], bootTexts.unit("wait-unit")],
    [["--format", "xml", "a"], texts.oneOf("format", "text, json, junit")],
  ])("is refused: %j", async (args, message) => {
    const { code, out, err, asked } = await boot(args);
    expect([code, out, err, asked]).toEqual([2, "", `${message}\n${texts.tryHelp}\n`, undefined]);
  });

  test("takes no description of an engine: it asks the engine itself", async () => {
    expect((await boot(["--rootless", "a"])).code).toBe(2);
  });

  test.each([0, 1, 2, 3] as const)("ends with exit code %i of the program", async (ended) => {
    expect((await boot(["a"], row, ended)).code).toBe(ended);
  });
});

describe("the output of boot", () => {
  test("as text begins with the state, and has a line for each check", async () => {
    const { out } = await boot(["a"]);
    expect(out.split("\n")).toEqual([
      "web/Dockerfile: running after 1.9 s, as expected (Docker 28.5.2, systemd 252 (252.39))",
      `  ok     ${bootTexts.boots}: running after 1.9 s`,
      `  ok     ${bootTexts.stops}: exit code 0 after 0.6 s`,
      "",
    ]);
  });

  test("as text names the line to fix, the page of the rule, and what removes what is left", async () => {
    const { out } = await boot(["a"], bad, 1);
    expect(out).toContain(
      `Dockerfile:3: ${bootTexts.cause}: a</failure>"\\x1b[2J\\n#\\x23[add-mask]x [image-nologin]`,
    );
    expect(out).toContain(texts.page("image-nologin"));
    expect(out).toContain("w:1: web.service: ");
    expect(out).toContain(`${bootTexts.left}\n    docker rm --force --volumes web\n`);
  });

  test("as JSON is one object with a version and all fields", async () => {
    const parsed = JSON.parse((await boot(["--format", "json", "a"], bad, 1)).out);
    expect(parsed).toEqual({ schemaVersion: 1, ...JSON.parse(JSON.stringify(bad)) });
  });

  test("as JUnit has a test case for each check, and all that is known where one failed", async () => {
    const { out } = await boot(["--format", "junit", "a"], bad, 1);
    expect(out).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites>\n/);
    expect(out).toContain('tests="3" failures="1" errors="0" time="1.940"');
    expect(out.match(/<testcase /g)?.length).toBe(3);
    expect(out.match(/<\/failure>/g)?.length).toBe(1);
    expect(out).toContain("web.service");
  });

  test("as JUnit fails where no check was reached", () => {
    const none: BootRow = { ...row, state: "no-engine", asExpected: false, checks: [], seconds: undefined };
    const xml = renderer("boot", "junit")(none);
    expect(xml).toContain(`<failure message="${bootTexts.states["no-engine"]}">`);
    expect(xml).toContain('tests="1" failures="1"');
  });

  test.each(["text", "json", "junit"])("as %s contains no active text from a container", async (format) => {
    const { out } = await boot(["--format", format, "a"], bad, 1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|##\[/);
  });
});
