import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dedent } from "../../server/src/core/docs/page";
import { lint } from "../../server/src/core/lint/lint";
import { lintTyped } from "../../server/src/core/lint/lint-parts";
import { rules } from "../../server/src/core/lint/rules/index";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { buildLinks } from "../../server/src/core/project/links";
import { composeParts } from "../../server/src/core/surfaces/compose/parts";
import { kindOf, readFile } from "../../server/src/core/surfaces/files";
import { byPart } from "../../server/src/core/surfaces/parts";
import { dockerfileOf } from "../bench/inputs";
import { examplesOf, readMarks } from "./example";

const uri = "file:///p/compose.yaml";

/** Services of the examples, each with its body, in the indentation of two and four spaces. */
const bodies = rules
  .filter(({ subject }) => subject === "run")
  .flatMap((rule) => Object.values(examplesOf(rule)).flat())
  .map(({ source }) => dedent(readMarks(source).text))
  .flatMap((text) => text.split(/^ {2}[\w.-]+:[ ]*$/m).slice(1))
  .map((body) => body.split(/^\S/m)[0] ?? "")
  .map((body) => `${body.trimEnd()}\n`);

/** What is put somewhere into a file: all that makes parts depend on each other, or lines mean something else. */
const pieces = fc.constantFrom(
  ...['"', "'", "  ", "\n", "\n  x:\n", "\n  a1: {}\n", " &a", " *a", "{", "}", "[", "|\n", ": ", "- ", "#"],
  ...[
    "services:\n",
    "\nvolumes:\n  a:\n",
    "    init: true\n",
    "    extends: a1\n",
    "    <<: *a\n",
    "\t",
    "\r",
  ],
  ...[
    "---\n",
    "# systemd-containers-ignore run-init\n",
    "# systemd-containers-ignore-file run-init\n",
    "\uFEFF",
  ],
);

const composeFile = fc
  .record({
    before: fc.constantFrom("", "name: x\n", "x-a: &a\n  init: true\n", "# c\nvolumes:\n  v: {}\n"),
    services: fc.array(fc.constantFrom(...bodies), { minLength: 1, maxLength: 5 }),
    after: fc.constantFrom(
      "",
      "volumes:\n  v: {}\n",
      "\n# end\n",
      "networks:\n  default:\n    external: true\n",
    ),
    edits: fc.array(fc.tuple(fc.nat(), fc.nat(8), pieces), { maxLength: 2 }),
  })
  .map(({ before, services, after, edits }) => {
    const all = services.map((body, index) => `  a${index}:\n${body.replace(/^\n/, "")}`).join("");
    return edits.reduce((text, [place, length, piece]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + length);
    }, `${before}services:\n${all}${after}`);
  });

const override = "services:\n  a1:\n    init: true\n";

function project(text: string, isMerged: boolean) {
  const files: Readonly<Record<string, string>> = {
    [uri]: text,
    "file:///p/Dockerfile": dockerfileOf(30),
    ...(isMerged && { "file:///p/compose.override.yaml": override }),
  };
  return { runFiles: [uri], read: (asked: string) => files[asked] };
}

describe("a file that is read part by part", () => {
  test("has the findings of the whole", () => {
    let inParts = 0;
    const property = fc.property(composeFile, fc.boolean(), (text, isMerged) => {
      const input = { uri, text, snapshot: project(text, isMerged), settings: defaultSettings };
      const whole = lint({ ...input, withoutFixes: true });
      const { findings, problems, failures } = lintTyped(input);
      expect({ findings, problems, failures }).toEqual({
        findings: whole.findings,
        problems: whole.problems,
        failures: [],
      });
      if (composeParts(text) && whole.findings.length > 0) inParts++;
    });
    fc.assert(property, { numRuns: 400 });
    expect(inParts).toBeGreaterThan(50);
  });

  test.each([
    ["a helper beside the service that boots the image", "build: .", "build: ."],
    [
      "one of an image that another service boots",
      "image: jrei/systemd-debian:12",
      "image: jrei/systemd-debian:12",
    ],
    ["one of another image", "image: jrei/systemd-debian:12", "image: jrei/systemd-debian:11"],
  ])("has them also where they depend on another container: %s", (_, first, second) => {
    const helper = `  b:\n    ${second}\n    init: true\n    command: bash\n`;
    const other = "  c:\n    image: redis\n";
    for (const services of [
      `  a:\n    ${first}\n${helper}`,
      `${helper}  a:\n    ${first}\n`,
      helper + other,
    ]) {
      const text = `services:\n${services}`;
      const input = { uri, text, snapshot: project(text, false), settings: defaultSettings };
      expect(composeParts(text)).toBeDefined();
      expect(lintTyped(input).findings).toEqual(lint({ ...input, withoutFixes: true }).findings);
    }
  });

  test("builds what the whole builds", () => {
    const property = fc.property(composeFile, fc.boolean(), (text, isMerged) => {
      const snapshot = project(text, isMerged);
      const file = readFile({ uri, text, kind: kindOf(uri, text) }, snapshot.read);
      const builds = new Set(file?.containers.flatMap(({ build }) => build?.dockerfile ?? []));
      expect(new Set(buildLinks(snapshot).keys())).toEqual(builds);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test("moves with what is typed above it, and is judged again where it changes", () => {
    const service = (name: string) => `  ${name}:\n    build: .\n    command: /sbin/init\n    init: true\n`;
    const text = `services:\n${["a", "b", "c"].map(service).join("")}`;
    const places = (text: string) => {
      const input = { uri, text, snapshot: project(text, false), settings: defaultSettings };
      return lintTyped(input)
        .findings.filter(({ rule }) => rule === "run-init")
        .map(({ subjects, span }) => `${subjects.join()} ${text.slice(0, span.start).split("\n").length}`);
    };
    expect(places(text)).toEqual(["a 5", "b 9", "c 13"]);
    expect(places(text.replace("  b:", "  b:\n    hostname: x"))).toEqual(["a 5", "b 10", "c 14"]);
    expect(places(text.replace(/true\n {2}c/, "false\n  c"))).toEqual(["a 5", "c 13"]);
  });

  test("keeps the findings of the other parts", () => {
    const counting = byPart<number>({ characters: 10_000, each: 0 });
    let made = 0;
    const read = (text: string) =>
      counting(
        { uri, text },
        () => undefined,
        "",
        () => ++made,
      )?.length;
    expect(read("services:\n  a:\n    init: true\n  b:\n    init: true\n")).toBe(2);
    expect(read("services:\n  a:\n    init: false\n  b:\n    init: true\n")).toBe(2);
    expect(made).toBe(3);
  });
});
