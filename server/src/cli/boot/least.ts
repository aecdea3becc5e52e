import { findLeast, type LeastResult } from "../../../../client/src/flows/least/find-least";
import { hasOwn } from "../../../../client/src/flows/least/observe";
import { runBuild } from "../../../../client/src/flows/run-build";
import { bootLabel, type Mark } from "../../../../client/src/flows/trial-mark";
import type { Engine, Fault } from "../../../../client/src/ports";
import { faultWords } from "../../../../client/src/texts/faults";
import { leastLines } from "../../../../client/src/texts/least";
import { applyEdits } from "../../core/base/text";
import type { LeastFound } from "../../least-protocol";
import { closedDocument } from "../../lsp/closed-document";
import { bootTexts } from "../boot-texts";
import type { ExitCode } from "../exit-code";
import type { LeastRow } from "../formats/format";
import type { LeastAsked, LeastChange, LeastProgram } from "../least-asked";
import { openAnswers } from "./answers";
import { uiOf } from "./attempt";
import { lastLines } from "./checks";
import { type Deadline, openDeadline } from "./deadline";
import { english } from "./english";
import type { BootHost } from "./host";
import { leftOf, newMark, removing } from "./mark";
import { onEngine } from "./on-engine";
import { readSubject, type Subject } from "./subject";

/** How many boots a search may take. */
const most = 40;

/** How long one boot may take, in seconds. */
const seconds = 60;

/** What is known so far. */
interface Course extends Pick<LeastRow, "engine" | "address" | "state" | "causes" | "removeBy"> {
  state: LeastRow["state"];
  result?: LeastResult;
  change?: LeastChange;
  readonly built: string[];
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Run {
  readonly asked: LeastAsked;
  readonly subject: Subject;
  readonly host: BootHost;
  readonly engine: Engine;
  readonly course: Writable<Course>;
  readonly deadline: Deadline;
  readonly mark: Mark;
}

/** Finds the least privilege of the subject. Ends soon after the time is up, whatever the engine does. */
export async function leastNamed(asked: LeastAsked, host: BootHost): ReturnType<LeastProgram> {
  const subject = readSubject(asked, host);
  if (!subject) return { code: 2 };
  const course: Writable<Course> = { state: "connecting", causes: [], removeBy: [], built: [] };
  const deadline = openDeadline(asked.seconds, host.interruptions, host.grace);
  const mark = newMark(asked.seconds, false);
  await onEngine(asked.engine, host, deadline, {
    connected: (engine) => Object.assign(course, { engine: engine.name, address: engine.url }),
    work: (engine) => withImage({ asked, subject, host, engine, course, deadline, mark }),
    fail: (fault) => fail(course, subject, fault),
  });
  const row = rowOf(subject, hasOwn(checksOf(asked)), course, deadline);
  return { code: codeOf(row), row, change: course.change };
}

function codeOf({ state }: LeastRow): ExitCode {
  if (state === "no-engine") return 3;
  if (state === "unknown") return 2;
  return state === "found" ? 0 : 1;
}

/** Builds the image if there is something to build, searches, and checks that nothing is left. */
async function withImage(run: Run): Promise<void> {
  const { subject, host, engine, course, deadline, mark } = run;
  const { build } = subject;
  const tag = build && mark.tag;
  const undo = tag === undefined ? undefined : await engine.rememberImage(tag);
  try {
    if (build && tag !== undefined) {
      course.state = "building";
      course.removeBy = removing([{ kind: "image", name: tag, value: mark.value }], engine.facts.engine);
      const ui = uiOf(course.built, host.cwd);
      const report = (text: string) => host.err(`${text}\n`);
      const labels = { [bootLabel]: mark.value };
      await runBuild({ ui }, engine, { ...build, tag, labels }, { report, signal: deadline.signal });
    }
    await searchFor(run, tag);
  } finally {
    await undo?.().catch(() => undefined);
    const left = await leftOf(mark, engine);
    course.removeBy = left ? removing(left, engine.facts.engine) : course.removeBy;
  }
}

async function searchFor(run: Run, tag: string | undefined): Promise<void> {
  const { asked, subject, host, engine, course, deadline, mark } = run;
  const { input, what } = subject;
  course.state = "searching";
  const reference = tag ?? input?.name ?? what;
  const image = input ? undefined : (await engine.look(what, deadline.signal)).image;
  const server = openAnswers(input, engine.facts);
  const search = {
    ...{ uri: input?.file.uri, name: input?.name, image, reference, checks: checksOf(asked), built: tag },
    ...{ prefix: mark.name, labels: { [bootLabel]: mark.value }, most, seconds },
  };
  const result = await findLeast({ t: english, server }, engine, search, {
    report: (text) => host.err(`${text}\n`),
    agrees: async ({ grants }) => grants.every((grant) => asked.allow.includes(grant)),
    signal: deadline.signal,
  });
  course.result = result;
  course.state = result.step === "refused" ? "refused" : result.found.state;
  if (result.step === "refused") course.causes = [result.refused];
  else course.change = changeOf(subject, result);
}

function checksOf({ expectActive, allowFailed, exec }: LeastAsked) {
  return { active: expectActive, allowFailed, exec };
}

/** The new content of the file, if the result can be written into it. */
function changeOf({ input }: Subject, { change }: LeastFound): LeastChange | undefined {
  if (!input || change?.uri !== input.file.uri) return undefined;
  const { file } = input;
  const document = closedDocument(file.uri, file.text);
  const edits = change.edits.map(({ range, newText }) => {
    return {
      span: { start: document.offsetAt(range.start), end: document.offsetAt(range.end) },
      text: newText,
    };
  });
  return { file, text: applyEdits(file.text, edits) };
}

function rowOf({ what }: Subject, ownChecks: boolean, course: Course, deadline: Deadline): LeastRow {
  const { engine, address, state, causes, removeBy, result, built } = course;
  const found = result?.step === "found" ? result : undefined;
  const { grants, needed = [], untried = [], refused = [], boots = 0, mixed = 0 } = found?.found ?? {};
  const isHeld = grants !== undefined && state !== "unsteady";
  return {
    ...{ what, engine, address, state, endedBy: deadline.ended(), ownChecks, grants, untried, refused },
    needed: needed.map(({ grant, failure: { what: fails, line } }) => ({ grant, what: fails, line })),
    failures: isHeld
      ? []
      : (found?.found.failures ?? []).map(({ what: fails, line }) => ({ what: fails, line })),
    says: found ? leastLines(english, found) : [],
    ...{ boots, seconds: result?.seconds, mixed, command: found?.command ?? [], causes, removeBy },
    output: state === "not-built" ? lastLines(built.join("")) : [],
  };
}

/** Records an engine fault as the cause. */
function fail(course: Writable<Course>, { input }: Subject, fault: Fault): void {
  if (course.state === "connecting") course.state = "no-engine";
  else if (course.state === "building") course.state = "not-built";
  else if (fault.code === "image-missing" && !input) course.state = "unknown";
  const { message, hint = "", tried = [] } = faultWords(english, fault);
  const words = course.state === "unknown" ? [bootTexts.noFile] : [message, hint, ...tried];
  course.causes = words.filter((each) => each !== "");
}
