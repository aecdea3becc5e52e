import { visible } from "../core/base/visible";
import { bootTexts } from "./boot-texts";
import type { VerifyFinding, VerifyRow } from "./formats/format";
import { verifyTexts } from "./verify-texts";

/** The result of `verify` as readable text: first the state, then the findings, then what went wrong. */
export function verifyText(row: VerifyRow): string {
  const { what, findings, causes, output, removeBy } = row;
  const remove = removeBy.map((line) => `    ${visible(line)}\n`).join("");
  return [
    `${visible(what)}: ${stateOf(row)}\n`,
    ...findings.map((each) => `${placeOf(each)}: ${visible(each.message)}\n`),
    ...causes.map((cause) => `${visible(cause)}\n`),
    ...output.map((line) => `    | ${visible(line)}\n`),
    ...(removeBy.length > 0 ? [`${bootTexts.left}\n${remove}`] : []),
  ].join("");
}

/** `2 units verified, 1 finding (Docker 28.5.2, systemd 252)`. */
function stateOf({ state, endedBy, engine, systemd, units, findings }: VerifyRow): string {
  const by = [engine, systemd === undefined ? undefined : verifyTexts.systemd(systemd)];
  const known = by.filter((each) => each !== undefined).map(visible);
  const { states, units: unitsText, findings: findingsText } = verifyTexts;
  const done = `${unitsText(units.length)} ${states.verified}, ${findingsText(findings.length)}`;
  const ended = endedBy === undefined ? "" : `, ${bootTexts.endedBy[endedBy]}`;
  return `${state === "verified" ? done : states[state]}${ended}${known.length > 0 ? ` (${known.join(", ")})` : ""}`;
}

/** The location in the project; if unknown, the location in the image; otherwise only the unit. */
function placeOf({ file, fileLine, path, pathLine, unit }: VerifyFinding): string {
  if (file !== undefined) return `${visible(file)}:${fileLine}: ${visible(unit)}`;
  if (path === undefined) return visible(unit);
  return pathLine === undefined ? visible(path) : `${visible(path)}:${pathLine}`;
}
