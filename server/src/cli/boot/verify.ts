import { runBuild } from "../../../../client/src/flows/run-build";
import { bootLabel, type Mark } from "../../../../client/src/flows/trial-mark";
import { type KnownUnits, verifyImage } from "../../../../client/src/flows/verify/verify-image";
import type { Engine, Fault, Labels } from "../../../../client/src/ports";
import { faultWords } from "../../../../client/src/texts/faults";
import type { FaultMessage } from "../../verify-protocol";
import { bootTexts } from "../boot-texts";
import type { ExitCode } from "../exit-code";
import type { VerifyFinding, VerifyRow } from "../formats/format";
import { nameFrom } from "../input/input-file";
import type { VerifyAsked, VerifyProgram } from "../verify-asked";
import { type Answers, openAnswers } from "./answers";
import { uiOf } from "./attempt";
import { lastLines } from "./checks";
import { type Deadline, openDeadline } from "./deadline";
import { english } from "./english";
import type { BootHost } from "./host";
import { leftOf, newMark, removing } from "./mark";
import { onEngine } from "./on-engine";
import { readSubject, type Subject } from "./subject";

/** Time limit in seconds, including the build. */
const seconds = 300;

/** What is known so far. `state` is the last state that was reached. */
type Course = { -readonly [Key in keyof VerifyRow]: VerifyRow[Key] } & { readonly built: string[] };

interface Run {
  readonly subject: Subject;
  readonly host: BootHost;
  readonly engine: Engine;
  readonly course: Course;
  readonly deadline: Deadline;
  readonly mark: Mark;
  readonly server: Answers;
}

/** Builds the image if necessary, verifies its units, and cleans up. Ends soon after the time limit. */
export async function verifyNamed(asked: VerifyAsked, host: BootHost): ReturnType<VerifyProgram> {
  const subject = readSubject(asked, host);
  if (!subject) return { code: 2 };
  const course: Course = {
    ...{ what: subject.what, state: "connecting", built: [] },
    ...{ units: [], findings: [], causes: [], output: [], removeBy: [] },
  };
  const deadline = openDeadline(seconds, host.interruptions, host.grace);
  await onEngine(asked.engine, host, deadline, {
    connected: (engine) => Object.assign(course, { engine: engine.name, address: engine.url }),
    work: (engine) => {
      const server = openAnswers(subject.input, engine.facts);
      return withImage({ subject, host, engine, course, deadline, mark: newMark(seconds, false), server });
    },
    fail: (fault) => fail(course, subject, fault),
  });
  const { built, ...row } = course;
  const output = course.state === "not-built" ? lastLines(built.join("")) : row.output;
  return { code: codeOf(course), row: { ...row, output, endedBy: deadline.ended() } };
}

function codeOf({ state, findings }: Course): ExitCode {
  if (state === "no-engine") return 3;
  if (state === "verified") return findings.length > 0 ? 1 : 0;
  return state === "no-units" || state === "other-architecture" ? 0 : 2;
}

/** Builds the image if there is something to build, and removes it at the end. */
async function withImage(run: Run): Promise<void> {
  const { subject, host, engine, course, deadline, mark } = run;
  const { build } = subject;
  const labels = { [bootLabel]: mark.value };
  if (!build) {
    await verifyImageOf(run, await imageNamed(run), labels);
    return;
  }
  const { tag } = mark;
  course.state = "building";
  // Suggested until it is certain that everything has been removed.
  course.removeBy = removing([{ kind: "image", name: tag, value: mark.value }], engine.facts.engine);
  const undo = await engine.rememberImage(tag);
  try {
    const ui = uiOf(course.built, host.cwd);
    const report = (text: string) => host.err(`${text}\n`);
    await runBuild({ ui }, engine, { ...build, tag, labels }, { report, signal: deadline.signal });
    await verifyImageOf(run, tag, labels);
  } finally {
    await undo().catch(() => undefined);
    const left = await leftOf(mark, engine);
    if (left) course.removeBy = removing(left, engine.facts.engine);
  }
}

async function verifyImageOf(
  { subject: { input }, server, engine, course, deadline: { signal }, host: { cwd } }: Run,
  image: string,
  labels: Labels,
): Promise<void> {
  course.state = "verifying";
  const asked = { uri: input?.file.uri, name: input?.name, image, labels };
  const known = (units: KnownUnits) => Object.assign(course, units);
  const { state, faults, output } = await verifyImage({ server }, engine, asked, { known, signal });
  course.state = state;
  course.output = lastLines(output);
  course.findings = faults.map((fault) => findingOf(fault, cwd));
}

/** The image of the engine that a service or the command line names. */
async function imageNamed({ subject: { input, what }, server, engine: { facts } }: Run): Promise<string> {
  const answer = await server.verify({ uri: input?.file.uri, name: input?.name, facts, present: [] });
  return ("image" in answer ? answer.image : undefined) ?? input?.name ?? what;
}

function findingOf({ unit, says, path, line, place }: FaultMessage, cwd: string): VerifyFinding {
  const inImage = { unit, message: says, path, pathLine: line };
  return place ? { ...inImage, file: nameFrom(cwd, place.uri), fileLine: place.line + 1 } : inImage;
}

/** Records an engine fault as the cause. */
function fail(course: Course, { input }: Subject, fault: Fault): void {
  if (course.state === "connecting") course.state = "no-engine";
  else if (course.state === "building") course.state = "not-built";
  else course.state = fault.code === "image-missing" && !input ? "unknown" : "not-verified";
  const { message, hint = "", tried = [] } = faultWords(english, fault);
  course.causes =
    course.state === "unknown" ? [bootTexts.noFile] : [message, hint].filter((each) => each !== "");
  course.output = tried;
}
