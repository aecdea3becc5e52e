import type { Engine } from "../../../../client/src/ports";
import { faultWords, isFault } from "../../../../client/src/texts/faults";
import { isNamed } from "../../../../client/src/texts/places";
import type { PlaceMessage } from "../../protocol";
import type { BootAsked, BootResult } from "../boot-asked";
import { bootTexts } from "../boot-texts";
import type { ExitCode } from "../exit-code";
import type { BootRow } from "../formats/format";
import { attempt } from "./attempt";
import { connect } from "./connect";
import { type Course, newCourse } from "./course";
import { openDeadline } from "./deadline";
import { english } from "./english";
import type { BootHost } from "./host";
import { bootLabel, leftOvers, newMark, removing } from "./mark";
import { placeRow, rowOf } from "./row";
import { readSubject, type Subject } from "./subject";

/** Builds, boots, checks, stops and removes the subject. Ends soon after the time is up, whatever the engine does. */
export async function bootNamed(asked: BootAsked, host: BootHost): Promise<BootResult> {
  const subject = readSubject(asked, host);
  if (!subject) return { code: 2 };
  const course = newCourse();
  const deadline = openDeadline(asked.seconds, host.interruptions, host.grace);
  const mark = newMark(asked.seconds, asked.keep);
  deadline.signal.addEventListener("abort", () => host.err(`${tellOf(deadline.ended())}\n`));
  const connected = async () => {
    const engine = await connect(asked.engine, host, deadline.signal);
    course.engine = engine;
    host.err(`${bootTexts.engine(engine.name, engine.url)}\n`);
    await tellLeft(engine, host);
    await attempt({ asked, subject, host, engine, course, deadline, mark });
  };
  try {
    const done = connected().catch((error: unknown) => fail(course, subject, host.cwd, error));
    await Promise.race([done, deadline.over]);
  } finally {
    deadline.close();
  }
  const row = rowOf(asked, course, deadline, host.cwd);
  return { code: codeOf(course, row), row };
}

function codeOf({ state }: Course, { asExpected }: BootRow): ExitCode {
  if (state === "no-engine") return 3;
  if (state === "unknown") return 2;
  return asExpected ? 0 : 1;
}

/** The message for a run that has to end early. */
export function tellOf(ended: "interrupted" | "late" | undefined): string {
  return ended === "interrupted" ? bootTexts.interrupted : bootTexts.late;
}

/** Prints what earlier, killed runs left behind and how to remove it, unless the engine fails to list it. */
export async function tellLeft(engine: Engine, { err }: BootHost): Promise<void> {
  const all = await engine.labelled(bootLabel).catch(() => []);
  const left = leftOvers(all);
  if (left.length === 0) return;
  for (const line of [bootTexts.leftBefore, ...removing(left, engine.facts.engine)]) err(`${line}\n`);
}

/** Records an engine fault as the cause. Any other error is a bug in this program, unless the time was up. */
function fail(course: Course, { input, what }: Subject, cwd: string, error: unknown): void {
  if (error instanceof Error && error.name === "AbortError") return;
  if (!isFault(error)) throw error;
  const { code } = error;
  const isUnknown = code === "image-missing" && !input;
  if (!course.engine) course.state = "no-engine";
  else if (course.state === "connecting") course.state = isUnknown ? "unknown" : "not-started";
  const { message, hint = "", tried = [] } = faultWords(english, error);
  course.output.push(...tried.map((place) => `${place}\n`));
  const isUnnamed = code === "no-engine" && !error.tried.some(({ source }) => isNamed(source));
  course.causes.push({
    id: code,
    line: "",
    cause: isUnknown ? `${what}: ${bootTexts.noFile}` : message,
    fix: isUnnamed ? bootTexts.startEngine : hint,
    ...placeRow((error as { readonly place?: PlaceMessage }).place, cwd),
  });
}
