import type { Fault } from "../../../../client/src/ports";
import { faultWords } from "../../../../client/src/texts/faults";
import { isNamed } from "../../../../client/src/texts/places";
import type { PlaceMessage } from "../../protocol";
import type { BootAsked, BootResult } from "../boot-asked";
import { bootTexts } from "../boot-texts";
import type { ExitCode } from "../exit-code";
import type { BootRow } from "../formats/format";
import { attempt } from "./attempt";
import { type Course, newCourse } from "./course";
import { openDeadline } from "./deadline";
import { english } from "./english";
import type { BootHost } from "./host";
import { newMark } from "./mark";
import { onEngine } from "./on-engine";
import { placeRow, rowOf } from "./row";
import { readSubject, type Subject } from "./subject";

/** Builds, boots, checks, stops and removes the subject. Ends soon after the time is up, whatever the engine does. */
export async function bootNamed(asked: BootAsked, host: BootHost): Promise<BootResult> {
  const subject = readSubject(asked, host);
  if (!subject) return { code: 2 };
  const course = newCourse();
  const deadline = openDeadline(asked.seconds, host.interruptions, host.grace);
  await onEngine(asked.engine, host, deadline, {
    connected: (engine) => {
      course.engine = engine;
    },
    work: (engine) => {
      const mark = newMark(asked.seconds, asked.keep);
      return attempt({ asked, subject, host, engine, course, deadline, mark });
    },
    fail: (fault) => fail(course, subject, host.cwd, fault),
  });
  const row = rowOf(asked, course, deadline, host.cwd);
  return { code: codeOf(course, row), row };
}

function codeOf({ state }: Course, { asExpected }: BootRow): ExitCode {
  if (state === "no-engine") return 3;
  if (state === "unknown") return 2;
  return asExpected ? 0 : 1;
}

/** Records an engine fault as the cause. */
function fail(course: Course, { input, what }: Subject, cwd: string, fault: Fault): void {
  const { code } = fault;
  const isUnknown = code === "image-missing" && !input;
  if (!course.engine) course.state = "no-engine";
  else if (course.state === "connecting") course.state = isUnknown ? "unknown" : "not-started";
  const { message, hint = "", tried = [] } = faultWords(english, fault);
  course.output.push(...tried.map((place) => `${place}\n`));
  // What fails in the build or at the start can be an error that lint found. Other faults are the engine's.
  const errors = code === "build-failed" || code === "refused" ? (course.errors?.() ?? []) : [];
  const isUnnamed = code === "no-engine" && !fault.tried.some(({ source }) => isNamed(source));
  course.causes.push({
    id: code,
    line: "",
    cause: isUnknown ? `${what}: ${bootTexts.noFile}` : message,
    fix: isUnnamed ? bootTexts.startEngine : hint,
    ...placeRow((fault as { readonly place?: PlaceMessage }).place, cwd),
  });
  course.causes.push(...errors);
}
