import { setTimeout as sleep } from "node:timers/promises";
import { isUp } from "../../../../client/src/flows/is-up";
import type { BootReport, Container, Engine, Unit } from "../../../../client/src/ports";
import type { BootAsked } from "../boot-asked";
import { stateOf } from "../boot-text";
import { bootTexts } from "../boot-texts";
import type { BootUnit } from "../formats/format";
import { type Course, note } from "./course";
import type { Deadline } from "./deadline";

/** A container that has finished booting, and the remaining time. */
export interface Booted {
  readonly engine: Engine;
  readonly container: Container;
  readonly deadline: Deadline;
}

/** Milliseconds between two checks of the units that are waited for. */
const pace = 500;

/** How many times a degraded system without a failed unit is checked again. */
const mostLooks = 20;

/** How many lines of a command's output are kept. */
const mostLines = 20;

/** Checks the expectations for a container in which systemd is running: unit states, and a command run inside it. */
export async function checkInside(booted: Booted, asked: BootAsked, course: Course): Promise<void> {
  const { waitFor, expectActive, exec } = asked;
  if (waitFor.length > 0) await waitForUnits(booted, waitFor, course);
  if (expectActive.length > 0) {
    const units = (await booted.deadline.orStopped(booted.engine.units(booted.container))) ?? [];
    for (const name of expectActive) {
      const unit = units.find((each) => each.name === name);
      note(course, "expect-active", bootTexts.isActive(name), unit?.active === "active", stateOfUnit(unit));
    }
  }
  if (exec !== undefined) await runInside(booted, exec, course);
}

/** Waits until each unit is active or failed, or until the time is up. */
async function waitForUnits(
  { engine, container, deadline }: Booted,
  names: readonly string[],
  course: Course,
): Promise<void> {
  const { signal } = deadline;
  let units: readonly Unit[] = [];
  const unitOf = (name: string) => units.find((each) => each.name === name);
  const isOver = (name: string) => ["active", "failed"].includes(unitOf(name)?.active ?? "");
  while (!signal.aborted) {
    units = (await deadline.orStopped(engine.units(container))) ?? units;
    if (names.every(isOver)) break;
    await sleep(pace, undefined, { signal }).catch(() => undefined);
  }
  for (const name of names) {
    const unit = unitOf(name);
    note(course, "wait-unit", bootTexts.becomesActive(name), unit?.active === "active", stateOfUnit(unit));
  }
}

function stateOfUnit(unit: Unit | undefined): string {
  return unit ? bootTexts.unitState(unit.active, unit.sub) : bootTexts.unitAbsent;
}

async function runInside(
  { engine, container, deadline: { signal } }: Booted,
  line: string,
  course: Course,
): Promise<void> {
  let written = "";
  const print = (text: string) => {
    written = (written + text).slice(-10_000);
  };
  const expects = bootTexts.execs(line);
  try {
    const code = await engine.run(container, line, { print, signal });
    const found = code === undefined ? bootTexts.notEnded : bootTexts.exitCode(code);
    note(course, "exec", expects, code === 0, found, code === 0 ? [] : lastLines(written, mostLines));
  } catch (error) {
    note(course, "exec", expects, false, bootTexts.notEnded, lastLines(written, mostLines));
    throw error;
  }
}

/** Checks that the boot is complete and systemd is running. Failed units are a separate check. */
export function checkState(report: BootReport, course: Course, expects: string): void {
  note(course, "boot", expects, isUp(report), stateOf(report));
}

/** Checks that no unit failed, except those that are allowed to fail. */
export function checkFailed({ state, failed }: BootReport, { allowFailed }: BootAsked, course: Course): void {
  const names = failed.map(({ unit }) => unit);
  const wrong = names.filter((name) => !allowFailed.includes(name));
  const isKnown = state === "running" || names.length > 0;
  const found =
    wrong.length > 0
      ? bootTexts.failedUnits(wrong.join(", "))
      : names.length > 0
        ? bootTexts.allowedUnits(names.join(", "))
        : bootTexts.states[state];
  note(course, "failed-units", bootTexts.noneFailed, isKnown && wrong.length === 0, found);
}

/** Checks a degraded system without a failed unit again: it may be about to end, or the unit may have recovered. */
export async function settled({ engine, container, deadline }: Booted): Promise<BootReport | undefined> {
  const { signal } = deadline;
  for (let look = 0; look < mostLooks && !signal.aborted; look++) {
    await sleep(pace, undefined, { signal }).catch(() => undefined);
    const report = await deadline.orStopped(engine.report(container));
    // It has booted, so if systemd no longer responds, it is shutting down.
    const isOpen =
      report?.state === "starting" || (report?.state === "degraded" && report.failed.length === 0);
    if (!isOpen) return report;
  }
  return undefined;
}

/** The units that have begun to start but are not up yet. */
export async function unitsStarting({ engine, container, deadline }: Booted): Promise<BootUnit[]> {
  const units = await deadline.orStopped(engine.units(container)).catch(() => undefined);
  return (units ?? [])
    .filter(({ active, name }) => active === "activating" && !name.endsWith(".target"))
    .map(({ name, active, sub }) => {
      return { unit: name, why: bootTexts.unitState(active, sub), allowed: false, journal: [], causes: [] };
    });
}

/**
 * Stops a container with its stop signal, and checks that it exited on its own rather than from the engine's SIGKILL.
 */
export async function checkStop(
  { engine, container, deadline }: Booted,
  course: Course,
  expects: string,
): Promise<void> {
  const before = performance.now();
  const ended = await deadline.orStopped(engine.stop(container));
  const seconds = (performance.now() - before) / 1000;
  const time = seconds.toFixed(1);
  if (!ended) return note(course, "stop", expects, false, bootTexts.notStopped(time));
  const { exitCode } = ended;
  course.stopped = { exitCode, seconds };
  const found = exitCode === 137 ? bootTexts.killedAfter(time) : bootTexts.stoppedAfter(time, exitCode);
  note(course, "stop", expects, exitCode === 0, found);
}

/** The last non-empty lines of a string; 15 by default. */
export function lastLines(text: string, most = 15): readonly string[] {
  const lines = text.split("\n").map((line) => line.trimEnd());
  return lines.filter((line) => line !== "").slice(-most);
}
