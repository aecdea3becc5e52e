import { runBuild } from "../../../../client/src/flows/run-build";
import { bootLabel, type Mark } from "../../../../client/src/flows/trial-mark";
import type { Engine, Fault, VerifiedUnits } from "../../../../client/src/ports";
import { faultWords } from "../../../../client/src/texts/faults";
import { lineNumber } from "../../core/base/text";
import { readTarget } from "../../core/lint/settings";
import { sceneOf } from "../../core/logs/scene";
import { deniedProgram, isBroken } from "../../core/logs/verdicts";
import {
  type ProjectUnits,
  projectUnits,
  readFaults,
  type UnitFault,
  unitsPresent,
} from "../../core/logs/verified";
import { bootTexts } from "../boot-texts";
import type { ExitCode } from "../exit-code";
import type { VerifyFinding, VerifyRow } from "../formats/format";
import { nameFrom } from "../input/input-file";
import type { VerifyAsked, VerifyProgram } from "../verify-asked";
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
    work: (engine) => withImage({ subject, host, engine, course, deadline, mark: newMark(seconds, false) }),
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
  const { build, input } = subject;
  const labels = { [bootLabel]: mark.value };
  if (!build) {
    await verifyImage(run, sceneIn(run)?.run?.source.spec.image ?? input?.name ?? subject.what, labels);
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
    await verifyImage(run, tag, labels);
  } finally {
    await undo().catch(() => undefined);
    const left = await leftOf(mark, engine);
    if (left) course.removeBy = removing(left, engine.facts.engine);
  }
}

function sceneIn({ subject: { input }, engine }: Run) {
  if (!input) return undefined;
  const { file, snapshot, name } = input;
  return sceneOf({ ...file, snapshot, target: readTarget(engine.facts) }, { name });
}

async function verifyImage(run: Run, image: string, labels: Readonly<Record<string, string>>): Promise<void> {
  const { engine, course, deadline } = run;
  course.state = "verifying";
  const look = await engine.look(image, deadline.signal);
  course.systemd = look.image.systemd;
  const { paths, sources, mounted } = unitsOf(run, look.image.ownUnitFiles);
  course.units = paths;
  if (look.image.systemd === undefined) course.state = "no-systemd";
  else if (!look.native) course.state = "other-architecture";
  else if (paths.length === 0) course.state = "no-units";
  if (course.state !== "verifying") return;
  const files = mounted.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
  const verified = await engine.verifyUnits({ image, paths, files, labels }, deadline.signal);
  if (!verified) course.state = "no-systemd";
  else noteFaults(run, verified, sources);
}

function noteFaults(
  { subject, course, host: { cwd } }: Run,
  { units, executable }: VerifiedUnits,
  sources: ProjectUnits["sources"],
): void {
  const broken = units.find(({ output }) => isBroken(output));
  course.state = broken ? "not-verified" : "verified";
  if (broken) course.output = lastLines(broken.output);
  const faults = broken ? [] : readFaults(units, sources);
  course.findings = faults
    .filter((fault) => !executable.includes(deniedProgram(fault) ?? ""))
    .map((fault) => findingOf(fault, subject, cwd));
}

/** The units of the project or, if no file describes the image, all units in it that are not from packages. */
function unitsOf(run: Run, present: readonly string[]): ProjectUnits {
  const scene = sceneIn(run);
  const read = run.subject.input?.snapshot.read ?? (() => undefined);
  if (!scene) return { paths: unitsPresent(present), sources: new Map(), mounted: [] };
  return projectUnits(scene, present, read);
}

function findingOf(
  { unit, says, path, line, place }: UnitFault,
  { input }: Subject,
  cwd: string,
): VerifyFinding {
  const inImage = { unit, message: says, path, pathLine: line };
  if (!place) return inImage;
  const text = input?.snapshot.read(place.uri) ?? "";
  return { ...inImage, file: nameFrom(cwd, place.uri), fileLine: lineNumber(text, place.span.start) };
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
