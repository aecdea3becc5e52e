import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type BringUp, bringUp, type Planned } from "../../../../client/src/flows/bring-up";
import { explainReport } from "../../../../client/src/flows/explain-report";
import { isUp } from "../../../../client/src/flows/is-up";
import type { BuildUi } from "../../../../client/src/flows/run-build";
import { trialOf } from "../../../../client/src/flows/trial";
import { bootLabel, type Mark } from "../../../../client/src/flows/trial-mark";
import type { BootReport, Container, Engine, Labelled } from "../../../../client/src/ports";
import { isFault } from "../../../../client/src/texts/faults";
import type { PlanResult } from "../../protocol";
import type { BootAsked } from "../boot-asked";
import { bootTexts } from "../boot-texts";
import { nameFrom } from "../input/input-file";
import { type Answers, openAnswers } from "./answers";
import {
  type Booted,
  checkFailed,
  checkInside,
  checkState,
  checkStop,
  settled,
  unitsStarting,
} from "./checks";
import { type Course, note } from "./course";
import type { Deadline } from "./deadline";
import { english } from "./english";
import type { BootHost } from "./host";
import { leftOf, removing } from "./mark";
import { causeRow } from "./row";
import type { Subject } from "./subject";

/** A boot in progress, and everything that it works with. */
export interface Run {
  readonly asked: BootAsked;
  readonly subject: Subject;
  readonly host: BootHost;
  readonly engine: Engine;
  readonly course: Course;
  readonly deadline: Deadline;
  readonly mark: Mark;
}

/** Performs one boot, from start to cleanup. `course` always reflects what is known so far. */
export async function attempt(run: Run): Promise<void> {
  const { asked, subject, engine, course, mark } = run;
  const answers = openAnswers(subject.input, engine.facts);
  course.errors = () => answers.errors(run.host.cwd);
  const { name } = mark;
  const tag = subject.build && mark.tag;
  const plan = await planOf(run, answers, tag ?? subject.input?.name ?? subject.what);
  if (!plan) return;
  const { create, volumes } = trialOf(plan, tag, (volume) => `${name}-${volume}`);
  const labels = { [bootLabel]: mark.value };
  const build = subject.build && tag !== undefined ? { ...subject.build, tag, labels } : undefined;
  // These commands are suggested until everything is confirmed to be removed.
  course.removeBy = removing(made(name, tag, volumes), engine.facts.engine);
  const undo = tag === undefined ? undefined : await engine.rememberImage(tag);
  try {
    for (const volume of volumes) await engine.createVolume(volume, labels);
    await bootAndCheck(run, answers, { name, uri: subject.input?.file.uri, create, build, labels });
  } finally {
    if (!asked.keep || course.kept === undefined) {
      await undo?.().catch(() => undefined);
      for (const volume of volumes) await engine.removeVolume(volume).catch(() => undefined);
      await checkLeft(run);
    }
  }
}

function made(container: string, image: string | undefined, volumes: readonly string[]): Labelled[] {
  const of = (kind: Labelled["kind"], name: string) => ({ kind, name, value: "" });
  const images = image === undefined ? [] : [of("image", image)];
  return [of("container", container), ...images, ...volumes.map((volume) => of("volume", volume))];
}

/** Returns the request that creates the container. If there is none, records why. */
async function planOf(
  { subject, engine, course, deadline, host: { cwd } }: Run,
  answers: Answers,
  reference: string,
): Promise<Extract<PlanResult["create"], { readonly api: string }> | undefined> {
  const { input } = subject;
  const { facts } = engine;
  const image = input ? undefined : (await engine.look(reference, deadline.signal)).image;
  const plan = await answers.plan({ uri: input?.file.uri, name: input?.name, image, reference, facts });
  const refused = plan.refused ?? ("refused" in plan.create ? plan.create.refused : undefined);
  if (refused === undefined && plan.boots !== "no" && !("refused" in plan.create)) return plan.create;
  course.state = "not-started";
  const { why, place } = plan.startsOther ?? {};
  const cause = refused ?? why ?? bootTexts.withoutSystemd;
  note(course, "boot", bootTexts.boots, false, bootTexts.states["not-started"]);
  course.causes.push(causeRow({ line: "", cause, fix: "", place }, cwd), ...answers.errors(cwd));
  return undefined;
}

async function bootAndCheck(run: Run, answers: Answers, planned: Omit<Planned, "seconds">): Promise<void> {
  const { engine, course, deadline } = run;
  const { signal } = deadline;
  const job: BringUp = {
    signal,
    report: (text) => tell(run, text),
    begins: (step) => begin(course, step),
    watch: (_container, boots) => deadline.reporting(() => boots((read) => (course.read = read))),
  };
  const inTime = Object.defineProperty({ ...planned, seconds: 0 }, "seconds", { get: () => deadline.left() });
  try {
    await bringUp({ ui: uiOf(run.course.output, run.host.cwd) }, engine, inTime, job, (container, report) =>
      whileThere(run, answers, container, report),
    );
  } catch (error) {
    if (!signal.aborted) noteUnstarted(course);
    throw error;
  }
}

/** Prints build steps and phases. The container's output is shown at the end, if it is needed. */
function tell({ course, host }: Run, text: string): void {
  if (course.state !== "starting") host.err(`${text}\n`);
}

const states = { buildingFirst: "building", starting: "created", waiting: "starting" } as const;

function begin(course: Course, step: keyof typeof states): void {
  if (course.state === "building") note(course, "build", bootTexts.builds, true);
  course.state = states[step];
}

/** Records a failed build or start as a failed check. */
function noteUnstarted(course: Course): void {
  const { state } = course;
  if (state === "building") {
    course.state = "not-built";
    note(course, "build", bootTexts.builds, false, bootTexts.states["not-built"]);
  } else if (state === "created" || state === "connecting") {
    course.state = "not-started";
    note(course, "boot", bootTexts.boots, false, bootTexts.states["not-started"]);
  }
}

/** Handles a container that has booted or run out of time: checks, causes, stop and removal. */
async function whileThere(
  run: Run,
  answers: Answers,
  container: Container,
  first: BootReport,
): Promise<void> {
  const { asked, engine, course, deadline } = run;
  const booted = { engine, container, deadline };
  const report = await checkWhileUp(run, booted, first);
  const again = asked.restart && isUp(report) ? await restart(run, booted) : undefined;
  const last = again ?? report;
  if (last.state === "starting") course.starting = await unitsStarting(booted);
  await findCauses(run, answers, last);
  const runs = isUp(last) && (!asked.restart || again !== undefined);
  if (runs && !asked.keep)
    await checkStop(booted, course, asked.restart ? bootTexts.stopsAgain : bootTexts.stops);
  if (asked.keep) course.kept = container.name;
  else await engine.remove(container);
}

/** Returns the state after the checks, since a unit can fail late and a container can exit on its own. */
async function checkWhileUp({ asked, course }: Run, booted: Booted, first: BootReport): Promise<BootReport> {
  const know = (report: BootReport) => {
    course.report = report;
    course.state = report.state;
    return report;
  };
  know(first);
  const { engine, container, deadline } = booted;
  const isClear = first.state !== "degraded" || first.failed.length > 0;
  const settledFirst = isClear ? first : ((await settled(booted)) ?? first);
  know({ ...settledFirst, seconds: first.seconds });
  checkState(settledFirst, course, bootTexts.boots);
  if (!isUp(settledFirst)) return know({ ...settledFirst, seconds: first.seconds });
  await checkInside(booted, asked, course).catch((error: unknown) => {
    if (!isOver(error)) throw error;
  });
  const looksAgain = asked.waitFor.length > 0 || asked.exec !== undefined;
  const last = (looksAgain && (await deadline.orStopped(engine.report(container)))) || settledFirst;
  if (isUp(last)) checkFailed(last, asked, course);
  else checkState(last, course, bootTexts.staysUp);
  return know({ ...last, seconds: first.seconds });
}

/** Whether the error means that the container ended during a request to it. */
function isOver(error: unknown): boolean {
  return isFault(error) && (error.code === "container-stopped" || error.code === "container-gone");
}

/**
 * Boots the container a second time, with the data from the first boot. Returns the report of that boot, or undefined
 * if the first one did not stop.
 */
async function restart(run: Run, booted: Booted): Promise<BootReport | undefined> {
  const { asked, course } = run;
  const { engine, container, deadline } = booted;
  await checkStop(booted, course, bootTexts.stops);
  if (!course.stopped) return undefined;
  await engine.startAgain(container);
  const { signal } = deadline;
  const job = { report: () => undefined, hear: (read: Course["read"]) => (course.read = read), signal };
  const again = await deadline.reporting(() => engine.boot(container, deadline.left(), job));
  course.report = again;
  course.state = again.state;
  checkState(again, course, bootTexts.bootsAgain);
  if (isUp(again)) checkFailed(again, asked, course);
  return again;
}

/** Finds why the boot failed, from the log and from lint errors. Also called after a successful boot. */
async function findCauses(
  { engine, subject, course, host: { cwd } }: Run,
  answers: Answers,
  report: BootReport,
): Promise<void> {
  const { input } = subject;
  const asked = { report, uri: input?.file.uri, service: input?.name };
  course.why = await explainReport({ ui: { t: english }, server: answers }, engine, asked);
  if (course.checks.every(({ passed }) => passed)) return;
  if (report.state === "exited" && report.exitCode === 0 && course.why.causes.length === 0)
    course.causes.push({ id: "shut-down", line: "", cause: bootTexts.shutDown, fix: "" });
  const known = new Set(course.why.causes.map(({ rule }) => rule));
  course.causes.push(...answers.errors(cwd).filter(({ rule }) => !known.has(rule)));
}

/**
 * Checks with the engine whether anything from the boot is left. If the engine does not respond, assumes that
 * everything is left.
 */
async function checkLeft({ engine, course, mark }: Run): Promise<void> {
  const left = await leftOf(mark, engine);
  if (left) course.removeBy = removing(left, engine.facts.engine);
  const passed = left?.length === 0;
  const found = left ? left.map(({ name }) => name).join(", ") : bootTexts.notEnded;
  note(course, "clean-up", bootTexts.nothingLeft, passed, found);
}

/** Adapts a build to the command line. `output` keeps only the end of what the builder prints. */
export function uiOf(output: string[], cwd: string): BuildUi {
  return {
    t: english,
    print: (text) => {
      output.push(text);
      if (output.length > mostBuilt) output.shift();
    },
    path: (uri) => fileURLToPath(uri),
    folder: (uri) => dirname(fileURLToPath(uri)),
    label: (uri) => nameFrom(cwd, uri),
  };
}

/** How many pieces of build output are kept. */
const mostBuilt = 60;
