import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { dedent } from "../../server/src/core/docs/page";
import { rules } from "../../server/src/core/lint/rules/index";
import { kindOf } from "../../server/src/core/surfaces/files";
import { examplesOf, filesOf, readMarks } from "../core/example";
import bootLogs from "../core/logs/boot-logs.json";
import examples from "../core/logs/recorded/examples.json";
import units from "../core/logs/recorded/units.json";
import { samples } from "../core/logs/samples";
import { unrelated } from "../core/logs/unrelated";
import type { Case } from "./case";

const test = join(import.meta.dirname, "..");

/** Longer files cost more than they find. */
const longest = 6_000;

/** Every file and log that mutations start from, in an order that does not depend on the host. */
export function readSeeds(): readonly Case[] {
  return [
    ...ruleExamples(),
    ...testInputs(),
    ...regressions().map(({ input }) => input),
    ...logs(),
    ...outside(process.env.SYSTEMD_CONTAINERS_SEEDS),
  ];
}

/** An input that failed once: all properties hold of it now. */
export interface Regression {
  readonly name: string;
  /** The property that did not hold. */
  readonly property: string;
  readonly input: Case;
}

/** The inputs that failed, small and our own, by file name. */
export function regressions(): readonly Regression[] {
  const folder = join(import.meta.dirname, "regressions");
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), "utf8")) }));
}

function ruleExamples(): Case[] {
  return rules.flatMap((rule) =>
    examplesOf(rule).flatMap((example): Case[] => {
      const { target, source, fixed } = example;
      const kind = rule.subject === "image" ? "dockerfile" : "compose";
      const files = Object.fromEntries(
        Object.entries(filesOf(rule, example)).map(([name, body]) => [name, dedent(body)]),
      );
      const common = { kind, files, target } as const;
      const bad = { ...common, text: readMarks(source).text };
      return fixed === undefined ? [bad] : [bad, { ...common, text: dedent(fixed) }];
    }),
  );
}

/** Dockerfiles and compose files that stand as template literals in other tests. */
function testInputs(): Case[] {
  const files = ["core", "lsp", "cli"].flatMap((folder) =>
    filesBelow(join(test, folder)).filter((file) => file.endsWith(".test.ts")),
  );
  const texts = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/`((?:[^`\\$]|\$(?!\{))*)`/g)].map(([, text = ""]) =>
      dedent(text),
    ),
  );
  return [...new Set(texts)].flatMap(caseOf);
}

function logs(): Case[] {
  const known = Object.values(samples).map((lines) => lines.join("\n"));
  const recorded = examples.map(({ log }) => log.join("\n"));
  const journals = units.map(({ journal }) => journal.join("\n"));
  const boots = Object.values(bootLogs).map((lines) => lines.join("\n"));
  return [...known, ...recorded, ...journals, ...boots, ...Object.values(unrelated)].map((text) => ({
    kind: "log",
    text: text.slice(0, longest),
  }));
}

/** The Dockerfiles and compose files below a directory outside of the project. */
function outside(folder: string | undefined): Case[] {
  if (folder === undefined) return [];
  return filesBelow(folder)
    .filter((file) => statSync(file).size <= longest)
    .flatMap((file) => caseOf(readFileSync(file, "utf8"), relative(folder, file)));
}

function caseOf(text: string, name: string | number): Case[] {
  const kind = kindOf(String(name), text);
  if (kind === "dockerfile" || kind === "compose") return [{ kind, text }];
  if (/^services:/m.test(text)) return [{ kind: "compose", text }];
  return /^[ \t]*(FROM|RUN)\b/im.test(text) ? [{ kind: "dockerfile", text }] : [];
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
