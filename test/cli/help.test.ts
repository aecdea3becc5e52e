import { expect, test } from "vitest";
import { commands } from "../../server/src/cli/run";
import { texts } from "../../server/src/cli/texts";
import { runIn } from "./terminal";

const help = runIn(".", "--help").out;

/** The lines of the help that tell how a command is called. */
function usageOf(name: string): string {
  const [, usage = ""] = new RegExp(`^ {2}(${name} +\\[.*\\n(?: {8}.*\\n)*)`, "m").exec(help) ?? [];
  return usage;
}

test("help lists the commands of the table, in its order", () => {
  expect(Array.from(help.matchAll(/^ {2}(\w+) +\[/gm), ([, name]) => name)).toEqual(
    commands.map(({ name }) => name),
  );
});

test.each(commands)("help lists the options of $name and no others", ({ name, options }) => {
  const listed = Array.from(usageOf(name).matchAll(/\[--([\w-]+)/g), ([, option]) => option);
  expect(listed).toEqual(Object.keys(options));
});

test("no line of the help is longer than a wide terminal", () => {
  expect(help.split("\n").filter((line) => line.length > 115)).toEqual([]);
});

test("help says what each exit code means", () => {
  const [, codes = ""] = /^Exit codes: (.*)/ms.exec(help) ?? [];
  for (const code of [0, 1, 2, 3]) expect(codes).toMatch(new RegExp(`(^|;\\s)${code} \\w`));
  expect(codes.slice(codes.search(/;\s2 \w/))).toContain(texts.withoutFiles);
});
