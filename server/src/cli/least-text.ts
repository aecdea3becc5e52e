import { visible, visibleLines } from "../core/base/visible";
import { displayCommand } from "../core/plan/render/command";
import { bootTexts } from "./boot-texts";
import type { LeastRow } from "./formats/format";
import { leastStates, leastTexts } from "./least-texts";

/** The result of a search as text: the set, what each grant is needed for, and how to use it. */
export function leastText(row: LeastRow): string {
  const { what, engine, endedBy, causes, output, removeBy } = row;
  const by = engine === undefined ? "" : ` (${visible(engine)})`;
  const ended = endedBy === undefined ? "" : ` [${bootTexts.endedBy[endedBy]}]`;
  return [
    `${visible(what)}: ${stateOf(row)}${ended}${by}\n`,
    ...causes.map((cause) => `${visible(cause)}\n`),
    ...output.map((line) => `    | ${visible(line)}\n`),
    ...(isEarly(row.state) ? [] : found(row)),
    ...(removeBy.length > 0
      ? [`${bootTexts.left}\n`, ...removeBy.map((line) => `    ${visible(line)}\n`)]
      : []),
  ].join("");
}

type Early = keyof (typeof leastStates)["early"];

function isEarly(state: LeastRow["state"]): state is Early {
  return Object.hasOwn(leastStates.early, state);
}

function stateOf({ state, says: [summary = ""] }: LeastRow): string {
  return isEarly(state) ? leastStates.early[state] : visible(summary);
}

function found(row: LeastRow): string[] {
  const { state, grants, refused, ownChecks, says } = row;
  const lines = says.slice(1).map((line) => `  ${visible(line)}\n`);
  const allow = refused.map((grant) => `--allow ${visible(grant)}`).join(" ");
  return [
    ...lines,
    ...(grants === undefined && refused.length > 0 ? [`${leastTexts.ways} ${allow}\n`] : []),
    ...(state === "found" && !ownChecks ? [`${leastTexts.onlyBoots}\n`] : []),
    ...useOf(row),
  ];
}

/** How to use the set: the change to the file, or the command if no file can be changed. */
function useOf({ command, diff, written, grants }: LeastRow): string[] {
  if (written) return [`${leastTexts.written}\n`];
  if (diff !== undefined) return [`${leastTexts.change}\n${visibleLines(diff)}`];
  if (grants === undefined || command.length === 0) return [];
  return [`${leastTexts.command}\n    ${displayCommand(command)}\n`];
}
