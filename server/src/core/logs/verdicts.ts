import { withoutTrailing } from "../base/text";
import { readUnit, type Setting } from "../systemd/unit-text";
import { type Remark, unitAt } from "./remarks";

/** Limits: the number of lines that are read, and the number of characters per line. */
const mostLines = 2000;
const lineSize = 1000;

const atFile = /^(\/[^:]+):(?:(\d{1,6}):)? (.+)$/;
const ofUnit = /^([^\s/]+): (.+)$/;
const isUnit = /^[\w@.:\\-]+\.(?:service|socket|target|timer|mount|automount|swap|path|slice|scope|device)$/;

/**
 * Reads the output of `systemd-analyze verify` for one unit (systemd 247 to 262), without duplicate lines. Lines have
 * the form `FILE:LINE: text` or `UNIT: text`, or they name a unit elsewhere. Lines without a unit are about the
 * verified one.
 */
export function readVerdicts(verified: string, output: string): readonly Remark[] {
  const lines = output
    .split("\n")
    .slice(0, mostLines)
    .map((line) => withoutTrailing(line.slice(0, lineSize), "\r "))
    .filter((line) => line !== "");
  const verdicts = [...new Set(lines)].map((line) => readVerdict(line, verified));
  return verdicts.filter((each) => !isSummary(each, verdicts));
}

function readVerdict(printed: string, verified: string): Remark {
  const [, path, number, text] = atFile.exec(printed) ?? [];
  if (path !== undefined && text !== undefined && isUnit.test(unitAt(path)))
    return { unit: unitAt(path), path, line: number ? Number(number) : undefined, says: text };
  const [, unit = "", says] = ofUnit.exec(printed) ?? [];
  if (says !== undefined && isUnit.test(unit)) return { unit, says };
  const [mentioned] = unitsIn(printed);
  return { unit: mentioned ?? verified, says: printed };
}

const summary = /^Unit \S+ has a bad unit file setting\.$/;

/** Whether this line is only a summary of another line. */
function isSummary({ unit, says, path }: Remark, all: readonly Remark[]): boolean {
  if (path !== undefined || !summary.test(says)) return false;
  return all.some((each) => each.unit === unit && !summary.test(each.says));
}

/** The unit names in a message: whole words, parts of paths, or the part before the `/` in `app.service/start`. */
function unitsIn(text: string): string[] {
  return text
    .split(/[\s/'",]+/)
    .map((word) => withoutTrailing(word, ":.;)"))
    .filter((word) => isUnit.test(word));
}

/** Matches the verdict about a program that does not exist or cannot be executed. */
const notExecutable = /^Command (.+) is not executable: /;

/**
 * The path of a program that exists but is not executable for the user who ran the check; undefined for other
 * verdicts.
 */
export function deniedProgram({ says }: Pick<Remark, "says">): string | undefined {
  return says.endsWith(": Permission denied") ? notExecutable.exec(says)?.[1] : undefined;
}

/**
 * The setting that a verdict without a line number is about: the one whose value contains the program or other unit
 * in the verdict, or else the one whose value the verdict quotes, or else the last one whose key appears in the
 * verdict.
 */
export function settingOf({ unit, says }: Remark, text: string): Setting | undefined {
  const settings = readUnit(text);
  const command = notExecutable.exec(says)?.[1];
  const words = command === undefined ? unitsIn(says).filter((name) => name !== unit) : [command];
  const named = settings.find(({ value }) => wordsOf(value).some((word) => words.includes(word)));
  return named ?? quotedIn(says, settings) ?? withKey(says, settings);
}

/** A setting whose value is quoted in a message: `Accepting user/group name 'a b', …`. */
function quotedIn(says: string, settings: readonly Setting[]): Setting | undefined {
  const quoted = Array.from(says.matchAll(/['"]([^'"]+)['"]/g), ([, value]) => value);
  return settings.find(({ value }) => quoted.includes(value));
}

function withKey(says: string, settings: readonly Setting[]): Setting | undefined {
  const keys = Array.from(says.matchAll(/\b([A-Z]\w+)=/g), ([, key]) => key);
  return keys.map((key) => settings.findLast((each) => each.key === key)).find((each) => each !== undefined);
}

/** The words of a value, without quotes or command line prefixes (systemd.service(5)). */
function wordsOf(value: string): string[] {
  return value.split(/\s+/).map((word) => word.replace(/^[-@:+!|]+/, "").replace(/^(["'])(.*)\1$/, "$2"));
}

/** Whether systemd-analyze could not check any unit because it cannot run in the container. */
export function isBroken(output: string): boolean {
  return /^Failed to (?:initialize|start) manager: /m.test(output);
}
