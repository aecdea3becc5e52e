import { visible } from "../core/base/visible";
import { bootTexts } from "./boot-texts";
import type { BootCause, BootCheck, BootRow, BootUnit } from "./formats/format";
import { texts } from "./texts";

/**
 * The result of a boot, as text: the state first, then the checks, the causes, the units, and what is left behind.
 */
export function bootText(row: BootRow): string {
  const { causes, checks, failed, starting, output, kept, removeBy } = row;
  const remove = removeBy.map((line) => `    ${visible(line)}\n`).join("");
  const leaves = kept === undefined ? bootTexts.left : bootTexts.kept(visible(kept));
  return [
    headline(row),
    ...checks.map(check),
    ...causes.map((each) => cause(each, "")),
    ...(isUnexplained(row) ? [`${bootTexts.noCause}\n`] : []),
    ...[...failed, ...starting].map(unit),
    ...output.map(quoted),
    ...(removeBy.length > 0 ? [`${leaves}\n${remove}`] : []),
  ].join("");
}

/** True if the boot is not as expected and no cause, unit or check in the container explains why. */
function isUnexplained({ asExpected, endedBy, causes, failed, starting, checks }: BootRow): boolean {
  const isInside = checks.some(({ id, passed }) => !passed && !["boot", "stop", "clean-up"].includes(id));
  return !asExpected && !endedBy && !isInside && [...causes, ...failed, ...starting].length === 0;
}

/** The state of a boot in words: `running after 1.9 s, as expected (Docker 28.5.2, systemd 252)`. */
function headline({ what, engine, systemd, asExpected, ...row }: BootRow): string {
  const told = asExpected ? bootTexts.asExpected : bootTexts.notAsExpected;
  const by = [engine, systemd].filter((each) => each !== undefined).map(visible);
  return `${visible(what)}: ${stateOf(row)}, ${told}${by.length > 0 ? ` (${by.join(", ")})` : ""}\n`;
}

/** The state in words, with the exit code, the time, and what ended the boot. */
export function stateOf({
  state,
  exitCode,
  seconds,
  endedBy,
}: Pick<BootRow, "state" | "exitCode" | "seconds" | "endedBy">): string {
  const code = exitCode === undefined ? "" : ` (${bootTexts.exitCode(exitCode)})`;
  const time = seconds === undefined ? "" : ` ${bootTexts.after(seconds.toFixed(1))}`;
  const by = endedBy === undefined ? "" : `, ${bootTexts.endedBy[endedBy]}`;
  return `${bootTexts.states[state]}${code}${time}${by}`;
}

function check({ passed, expects, found, lines }: BootCheck): string {
  const said = found === "" ? "" : `: ${visible(found)}`;
  return `  ${passed ? "ok    " : "FAILED"} ${visible(expects)}${said}\n${lines.map(quoted).join("")}`;
}

function cause({ cause, fix, rule, line, file, fileLine }: BootCause, indent: string): string {
  const rows = [
    `${placeOf(file, fileLine)}${bootTexts.cause}: ${visible(cause)}${rule === undefined ? "" : ` [${rule}]`}`,
    ...(line.trim() === "" ? [] : [`    line: ${visible(line.trim())}`]),
    ...(fix === "" ? [] : [`    ${bootTexts.fix}: ${visible(fix)}`]),
    ...(rule === undefined ? [] : [`    ${texts.page(rule)}`]),
  ];
  return rows.map((each) => `${indent}${each}\n`).join("");
}

function unit({ unit: name, why, allowed, journal, causes, file, fileLine }: BootUnit): string {
  const told = `${placeOf(file, fileLine)}${visible(name)}: ${visible(why)}${allowed ? ` (${bootTexts.allowed})` : ""}\n`;
  return `${told}${causes.map((each) => cause(each, "    ")).join("")}${journal.map(quoted).join("")}`;
}

/** A position in a file, in the format that lint uses. */
function placeOf(file: string | undefined, line: number | undefined): string {
  return file === undefined ? "" : `${visible(file)}:${line}: `;
}

/** A line that the container or the builder wrote. */
function quoted(line: string): string {
  return `    | ${visible(line)}\n`;
}
