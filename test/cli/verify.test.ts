import { describe, expect, test } from "vitest";
import type { VerifyRow } from "../../server/src/cli/formats/format";
import { run } from "../../server/src/cli/run";
import { texts } from "../../server/src/cli/texts";
import type { VerifyAsked } from "../../server/src/cli/verify-asked";
import { verifyTexts } from "../../server/src/cli/verify-texts";

const row: VerifyRow = {
  what: "web/Dockerfile",
  engine: "Docker 28.5.2",
  address: "unix:///var/run/docker.sock",
  state: "verified",
  systemd: 252,
  units: ["/etc/systemd/system/a.service"],
  findings: [],
  causes: [],
  output: [],
  removeBy: [],
};

/** Text of an image that would move the cursor, and be a command to a CI runner. */
const foreign = "a\u001b[2J\n##[add-mask]x";

/** Runs a command line, and gives what the program was asked and what was printed. */
async function verify(
  args: readonly string[],
  result: VerifyRow | undefined = row,
  ended: 0 | 1 | 2 | 3 = 0,
) {
  let out = "";
  let err = "";
  let asked: VerifyAsked | undefined;
  const print = (text: string) => {
    out += text;
  };
  const code = await run(["verify", ...args], {
    ...{ cwd: ".", page: () => "", out: print, raw: print },
    err: (text) => {
      err += text;
    },
    verify: async (given) => {
      asked = given;
      return { code: ended, row: result };
    },
  });
  return { code, out, err, asked };
}

describe("the command line of verify", () => {
  test("asks for what its options state", async () => {
    const { code, asked } = await verify(["--engine", "unix:///s", "--kind", "compose", "c.yaml#db"]);
    expect([code, asked]).toEqual([0, { what: "c.yaml#db", kind: "compose", engine: "unix:///s" }]);
  });

  test.each([
    [[], verifyTexts.needsOne],
    [["a", "b"], verifyTexts.needsOne],
    [["--format", "junit", "a"], texts.oneOf("format", "text, json")],
  ])("is refused: %j", async (args, message) => {
    const { code, out, err, asked } = await verify(args);
    expect([code, out, err, asked]).toEqual([2, "", `${message}\n${texts.tryHelp}\n`, undefined]);
  });
});

describe("what is printed", () => {
  const bad: VerifyRow = {
    ...row,
    findings: [
      {
        unit: "a.service",
        message: foreign,
        path: "/etc/systemd/system/a.service",
        pathLine: 3,
        file: "a",
        fileLine: 4,
      },
      { unit: "b.service", message: foreign, path: "/etc/systemd/system/b.service", pathLine: 3 },
      { unit: "c.service", message: foreign },
    ],
    causes: [foreign],
    output: [foreign],
    removeBy: ["docker rmi x"],
  };

  test("for people is each finding at its place in the project, else in the image, else at its unit", async () => {
    const { out, code } = await verify(["x"], bad, 1);
    expect(code).toBe(1);
    const lines = out.split("\n");
    expect(lines[0]).toContain(
      `1 unit ${verifyTexts.states.verified}, ${verifyTexts.findings(3)} (Docker 28.5.2`,
    );
    expect(lines.slice(1, 4).map((line) => line.slice(0, line.lastIndexOf(": ")))).toEqual([
      "a:4: a.service",
      "/etc/systemd/system/b.service:3",
      "c.service",
    ]);
    expect(lines.filter((line) => line.startsWith("##") || line.includes("\u001b"))).toEqual([]);
  });

  test("for programs has all that is known", async () => {
    const { out } = await verify(["--format", "json", "x"], bad, 1);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      state: "verified",
      systemd: 252,
      units: row.units,
    });
    expect(out).not.toContain("\u001b");
  });
});
