import { unitFailure } from "../../../../client/src/texts/exit-status";
import type { CauseMessage, PlaceMessage } from "../../protocol";
import type { BootAsked } from "../boot-asked";
import type { BootCause, BootRow, BootUnit } from "../formats/format";
import { nameFrom } from "../input/input-file";
import { lastLines } from "./checks";
import type { Course } from "./course";
import type { Deadline } from "./deadline";
import { english } from "./english";

/** The printable result of a boot. The boot is as expected if all checks passed. */
export function rowOf(
  { what, allowFailed }: BootAsked,
  course: Course,
  deadline: Pick<Deadline, "ended">,
  cwd: string,
): BootRow {
  const { engine, state, report, why, checks, output, starting, kept, removeBy } = course;
  const endedBy = deadline.ended();
  const asExpected = endedBy === undefined && checks.length > 0 && checks.every(({ passed }) => passed);
  const causes = [...(why?.causes ?? []).map((cause) => causeRow(cause, cwd)), ...course.causes];
  const failed = (report?.failed ?? []).map(({ unit, ended, journal }): BootUnit => {
    const { causes: known = [], place } = why?.units.find((each) => each.unit === unit) ?? {};
    return {
      unit,
      why: ended ? unitFailure(english, ended) : "failed",
      allowed: allowFailed.includes(unit),
      journal,
      causes: known.map((cause) => causeRow(cause, cwd)),
      ...placeRow(place, cwd),
    };
  });
  const log = (report ?? course.read?.())?.log ?? "";
  const written = ["building", "not-built", "no-engine"].includes(state) ? output.join("") : log;
  const isShown = !asExpected && failed.length === 0;
  return {
    what,
    engine: engine?.name,
    address: engine?.url,
    state,
    endedBy,
    asExpected,
    seconds: report?.seconds,
    exitCode: report?.exitCode,
    systemd: report?.systemd,
    checks,
    causes,
    failed,
    starting,
    stopped: course.stopped,
    output: isShown ? lastLines(written) : [],
    kept,
    removeBy,
  };
}

/** A cause from the language server, with its file name relative to the working directory. */
export function causeRow({ line, cause, fix, rule, place }: CauseMessage, cwd: string): BootCause {
  return { id: rule ?? "", line, cause, fix, rule, ...placeRow(place, cwd) };
}

/** A position in a file: the name relative to the working directory, and the line counted from 1. */
export function placeRow(
  place: Pick<PlaceMessage, "uri" | "line"> | undefined,
  cwd: string,
): Pick<BootCause, "file" | "fileLine"> {
  return place ? { file: nameFrom(cwd, place.uri), fileLine: place.line + 1 } : {};
}
