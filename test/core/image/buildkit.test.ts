import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jsonStrings, plainWords, quotedWords, readFlags } from "../../../server/src/core/image/arguments";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import { expand } from "../../../server/src/core/image/expand";
import type { Instruction } from "../../../server/src/core/image/image";
import { readInstructions } from "../../../server/src/core/image/instructions";
import { sliceText } from "../../../server/src/core/shell/mapped-text";

/** The directory frontend/dockerfile of BuildKit's sources. Its files belong to BuildKit, so they are not here. */
const sources = process.env.SYSTEMD_CONTAINERS_BUILDKIT;
const read = (...path: string[]) => readFileSync(join(sources ?? "", ...path), "utf8");
const folders = (...path: string[]) => (sources ? readdirSync(join(sources, ...path)) : []);

describe.skipIf(!sources)(
  "BuildKit's own files (SYSTEMD_CONTAINERS_BUILDKIT names frontend/dockerfile)",
  () => {
    const testfiles = ["parser", "testfiles"];
    test.each(folders(...testfiles))("instructions, flags and arguments: %s", (name) => {
      const { instructions, escapeChar } = readInstructions(read(...testfiles, name, "Dockerfile"));
      const lines = instructions.map((instruction) => dump(instruction, escapeChar));
      expect(lines).toEqual(
        read(...testfiles, name, "result")
          .trimEnd()
          .split("\n"),
      );
      expect(instructions.every(({ heredocs }) => heredocs.length === 0)).toBe(true);
    });

    const negative = ["parser", "testfiles-negative"];
    test.each(folders(...negative))("is rejected, or holds no instruction: %s", (name) => {
      const { problem, instructions } = readDockerfile(read(...negative, name, "Dockerfile"));
      expect(problem !== undefined || instructions.length === 0).toBe(true);
    });

    test("the first and the last line of instructions", () => {
      const text = read("parser", "testfile-line", "Dockerfile");
      const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
      const { instructions } = readInstructions(text);
      const [, table = ""] =
        /expected := \[\]\[\]int\{(.*?)\n\t\}/s.exec(read("parser", "parser_test.go")) ?? [];
      const expected = Array.from(table.matchAll(/\{(\d+), (\d+)\}/g), ([, first, last]) =>
        [first, last].map(Number),
      );
      expect(expected).toHaveLength(3);
      expect(instructions.map(({ span }) => [lineOf(span.start), lineOf(span.end)])).toEqual(expected);
    });

    test("heredocs", () => {
      const source = read("parser", "parser_heredoc_test.go");
      const [, text = "", table = ""] =
        /NewBufferString\(`(.*?)`\).*?tests := \[\]\[\]Heredoc\{\n(.*?)\n\t\}\n/s.exec(source) ?? [];
      const expected = table
        .split(/^\t\t(?=nil|\{)/m)
        .slice(1)
        .map(heredocsOf);
      expect(expected.length).toBeGreaterThan(20);
      const { instructions } = readInstructions(text);
      const found = instructions
        .slice(1, 1 + expected.length)
        .map(({ heredocs }) =>
          heredocs.map(({ name, body, quoted, stripTabs }) => ({ name, body, quoted, stripTabs })),
        );
      expect(found).toEqual(expected);
      expect(instructions.every(({ heredocs }) => heredocs.every(({ closed }) => closed))).toBe(true);
    });

    test("words with variables", () => {
      const variables: Record<string, string> = { PWD: "/home", SHELL: "bash", KOREAN: "한국어", NULL: "" };
      const lines = read("shell", "envVarTest")
        .split("\n")
        .filter((line) => /^[AU]\|/.test(line));
      expect(lines.length).toBeGreaterThan(200);
      const wrong = lines.flatMap((line) => {
        const [, word = "", expected = ""] = line.split("|").map((part) => part.trim());
        let unset = false;
        const lookup = (name: string) => {
          unset ||= variables[name] === undefined;
          return variables[name];
        };
        const value = expand(word, lookup, "\\");
        if (value === undefined) return expected === "error" || unset ? [] : [line];
        return value === expected ? [] : [`${line}, not ${value}`];
      });
      expect(wrong).toEqual([]);
    });
  },
);

function heredocsOf(entry: string) {
  const string = (text: string, key: string) =>
    JSON.parse(new RegExp(`\\b${key}:\\s+("(?:[^"\\\\]|\\\\.)*")`).exec(text)?.[1] ?? '""') as string;
  return entry
    .split(/^\t\t\t\{/m)
    .slice(1)
    .map((text) => ({
      name: string(text, "Name"),
      body: string(text, "Content"),
      quoted: !/\bExpand:\s+true/.test(text),
      stripTabs: /\bChomp:\s+true/.test(text),
    }));
}

/** An instruction as BuildKit's parser prints it: `(copy ["--link"] "a" "b")`. */
function dump(instruction: Instruction, escapeChar: string): string {
  const { keyword, body } = instruction;
  const { flags, rest } = readFlags(body, escapeChar);
  const named = flags.map(({ name, value }) => goString(value === "" ? `--${name}` : `--${name}=${value}`));
  const parts = [keyword.toLowerCase(), ...(named.length > 0 ? [`[${named.join(" ")}]`] : [])];
  if (keyword === "ONBUILD") {
    const [trigger] = readInstructions(body.text.slice(rest)).instructions;
    return `(${[...parts, ...(trigger ? [dump(trigger, escapeChar)] : [])].join(" ")})`;
  }
  return `(${[...parts, ...argumentsOf(instruction, rest, escapeChar).map(goString)].join(" ")})`;
}

function argumentsOf({ keyword, body }: Instruction, rest: number, escapeChar: string): string[] {
  const whole = body.text.slice(rest).trim();
  const list = () => jsonStrings(body, rest)?.map(({ value }) => value);
  const words = () => plainWords(body, rest).map(({ value }) => value);
  switch (keyword) {
    case "RUN":
    case "CMD":
    case "ENTRYPOINT":
    case "SHELL":
      return list() ?? (whole === "" ? [] : [whole]);
    case "COPY":
    case "ADD":
    case "VOLUME":
      return list() ?? words();
    case "FROM":
    case "EXPOSE":
      return words();
    case "ARG":
      return quotedWords(body, escapeChar, rest).map(({ text }) => text);
    case "ENV":
    case "LABEL":
      return pairsOf(body, rest, escapeChar);
    case "HEALTHCHECK": {
      const [type] = plainWords(body, rest);
      if (!type) return [];
      const command = sliceText(body, body.text.indexOf(type.value, rest) + type.value.length);
      const text = command.text.trim();
      return [
        type.value,
        ...(jsonStrings(command)?.map(({ value }) => value) ?? (text === "" ? [] : [text])),
      ];
    }
    default:
      return whole === "" ? [] : [whole];
  }
}

function pairsOf(body: Instruction["body"], rest: number, escapeChar: string): string[] {
  const words = quotedWords(body, escapeChar, rest);
  const [first] = words;
  if (!first?.text.includes("=")) return first ? [first.text, body.text.slice(first.end).trim(), ""] : [];
  return words.flatMap(({ text }) => {
    const [name = "", ...value] = text.split("=");
    return [name, value.join("="), "="];
  });
}

/** A string as Go quotes it. */
function goString(text: string): string {
  return JSON.stringify(text).replace(/\\u00(..)/g, "\\x$1");
}
