import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formats } from "../../server/src/cli/formats/table";
import { runIn } from "../cli/terminal";

const cli = join(__dirname, "../../server/src/cli");

test("a format is a file of its own, and a row of the table", () => {
  const named = readdirSync(join(cli, "formats")).filter((name) => !["format.ts", "table.ts"].includes(name));
  expect(formats.map(({ name }) => `${name}.ts`).sort()).toEqual(named.sort());
});

test("help lists the formats of the table for each command, and no command lists formats itself", () => {
  const help = runIn(".", "--help").out;
  const listed = Array.from(help.matchAll(/^ {2}(\w+) +\[--format ([\w|]+)\]/gm), ([, command, names]) => [
    command,
    names?.split("|"),
  ]);
  const outputs = ["lint", "plan", "boot", "verify", "inspect", "explain", "rules"] as const;
  expect(listed).toEqual(
    outputs.map((command) => [
      command,
      formats.filter((format) => format[command] !== undefined).map(({ name }) => name),
    ]),
  );
  for (const command of outputs)
    expect(readFileSync(join(cli, "commands", `${command}.ts`), "utf8")).toContain(
      `format: formatOption("${command}")`,
    );
});
