import { describe, expect, test } from "vitest";
import { inspectTexts } from "../../server/src/cli/boot-texts";
import type { InspectAsked } from "../../server/src/cli/inspect-asked";
import type { InspectResult } from "../../server/src/cli/inspect-result";
import { run } from "../../server/src/cli/run";
import { debian12, seenImage, seenText } from "../core/image/seen";
import { workingFolder } from "./terminal";

const folder = workingFolder();
const reference = "my/base:1";
const image = seenImage(debian12, { environment: { PATH: "/bin", DB_PASSWORD: "hunter2" } });
const has: InspectResult = {
  code: 0,
  engine: "Docker 28.5.2",
  images: [{ reference, image, base: seenText(reference, image) }],
};

/** Runs a command line on an engine with these images. */
async function cli(args: readonly string[], result: InspectResult = has) {
  const asked: InspectAsked[] = [];
  let out = "";
  let err = "";
  const print = (text: string) => {
    out += text;
  };
  const code = await run(args, {
    ...{ cwd: folder.path(), page: () => "", out: print, raw: print },
    err: (text) => {
      err += text;
    },
    inspect: async (given) => {
      asked.push(given);
      return result;
    },
  });
  return { code, out, err, asked };
}

describe("inspect", () => {
  test("shows what is in an image, without the values of its variables", async () => {
    const { code, out, asked } = await cli(["inspect", "--engine", "unix:///s", reference]);
    expect(code).toBe(0);
    expect(asked).toEqual([{ references: [reference], engine: "unix:///s" }]);
    expect(out).toContain(`${reference} (${image.id})\n`);
    expect(out).toContain("systemd: 252\n");
    expect(out).toContain("ENV: PATH, DB_PASSWORD\n");
    expect(out).not.toContain("hunter2");
  });

  test("as JSON without secrets and the texts of scripts", async () => {
    const { out } = await cli(["inspect", "--format", "json", reference]);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      engine: "Docker 28.5.2",
      images: [
        {
          reference,
          found: true,
          systemd: 252,
          environment: { PATH: "/bin", DB_PASSWORD: null },
          scripts: [],
        },
      ],
    });
  });

  test("takes the images of a file, each once", async () => {
    folder.write(
      "Dockerfile",
      "ARG TAG=1\nFROM my/base:$TAG AS a\nFROM a\nFROM debian:12\nFROM my/base:1\nFROM scratch\n",
    );
    expect((await cli(["inspect", "Dockerfile"])).asked).toEqual([
      { references: [reference, "debian:12"], engine: undefined },
    ]);
    folder.write(
      "compose.yaml",
      "services:\n  a:\n    image: my/base:1\n  b:\n    image: $X\n  c:\n    build: .\n    image: own\n",
    );
    expect((await cli(["inspect", "compose.yaml"])).asked[0]?.references).toEqual([reference]);
  });

  test.each([
    [["inspect"], 2],
    [["inspect", "a", "b"], 2],
    [["inspect", "--format", "junit", reference], 2],
  ])("%j is not valid", async (args, code) => {
    expect(await cli(args)).toMatchObject({ code, asked: [] });
  });

  test("exits with 1 without the image, and with 3 without an engine", async () => {
    const absent = await cli(["inspect", reference], { code: 1, engine: "Docker", images: [{ reference }] });
    expect(absent).toMatchObject({ code: 1, out: `${reference}: ${inspectTexts.notThere("Docker")}\n` });
    expect(await cli(["inspect", reference], { code: 3, images: [] })).toMatchObject({ code: 3, out: "" });
  });
});

describe("lint --inspect", () => {
  const write = () => folder.write("Dockerfile", `FROM ${reference}\nFROM debian:12\nFROM ${reference}\n`);

  test("asks for the images that lint does not know, and its findings name them", async () => {
    write();
    const { code, out, asked } = await cli(["lint", "--inspect", "Dockerfile"]);
    expect(asked).toEqual([{ references: [reference] }]);
    expect(code).toBe(1);
    expect(out).toContain(`Based on the contents of ${reference} (sha256:0123456789ab).`);
  });

  test("asks nothing without the option, and nothing for images that it knows", async () => {
    write();
    expect(await cli(["lint", "Dockerfile"])).toMatchObject({ code: 0, asked: [] });
    folder.write("known/Dockerfile", "FROM debian:12\n");
    expect(await cli(["lint", "--inspect", "known"])).toMatchObject({ code: 0, asked: [] });
  });

  test("reports a file that cannot be read once", async () => {
    write();
    const { code, err } = await cli(["lint", "--inspect", "Dockerfile", "absent"]);
    expect(code).toBe(2);
    expect(err.match(/absent/g)).toHaveLength(1);
  });

  test("exits with 3 without an engine", async () => {
    write();
    expect(await cli(["lint", "--inspect", "Dockerfile"], { code: 3, images: [] })).toMatchObject({
      code: 3,
      out: "",
    });
  });
});
