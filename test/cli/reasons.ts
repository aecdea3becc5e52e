import { expect } from "vitest";
import { format, type Message } from "../../server/src/core/base/message";
import { lineNumber } from "../../server/src/core/base/text";
import type { Target } from "../../server/src/core/engine";
import { notLinted } from "../../server/src/core/lint/not-linted";
import { obstacles } from "../../server/src/core/lint/unfixed";
import { isPlan } from "../../server/src/core/plan/plan";
import { launches } from "../../server/src/core/project/plans";
import { keptFile } from "../../server/src/core/surfaces/files";
import { noFiles } from "../core/no-files";

// What the command line prints of a message of the core. Each asserts which message that is.

/** The line about the first thing that is wrong with the form of a file, whose directory has no other files. */
export function problemLine(name: string, text: string, key: string): string {
  const [problem] = keptFile({ uri: uriOf(name), text }, noFiles.read)?.problems() ?? [];
  expect(problem?.message.key).toBe(key);
  const line = lineNumber(text, problem?.span.start ?? 0);
  return problem ? `${name}:${line}: ${format(problem.message)}\n` : "";
}

/** The line about a file that is too large to be linted. */
export function largeLine(name: string): string {
  const [finding] = notLinted("", "large").findings;
  return `${name}:1:1: hint: ${finding ? format(finding.message) : ""} [not-linted]\n`;
}

/** The line about why the only image or service of a file has no plan for an engine. */
export function refusalLine(name: string, text: string, target: Target, key: string): string {
  const { plan } = onlyLaunch(name, text, target);
  const refused = isPlan(plan) ? undefined : plan.refused;
  expect(refused?.key).toBe(key);
  return refused ? lineOf(name, refused) : "";
}

/** The lines about why the only image or service of a file does not work although there is a plan. */
export function obstacleLines(name: string, text: string, ...keys: readonly string[]): string {
  const input = { uri: uriOf(name), text, snapshot: noFiles, settings: { rules: {}, target: undefined } };
  const found = obstacles(input, onlyLaunch(name, text, undefined));
  expect(found.map(({ key }) => key)).toEqual(keys);
  return found.map((message) => lineOf(name, message)).join("");
}

function onlyLaunch(name: string, text: string, target: Target) {
  const [launch] = launches({ uri: uriOf(name), text, snapshot: noFiles }, target);
  if (!launch) throw new Error(`${name} has nothing to launch.`);
  return launch;
}

function lineOf(name: string, message: Message): string {
  return `${name}: ${format(message)}\n`;
}

function uriOf(name: string): string {
  return `file:///alone/${name}`;
}
