import type { Observed } from "../../../../server/src/least-protocol";
import type { BootReport, Container, Engine } from "../../ports";
import { exitStatus } from "../../texts/exit-status";
import { isUp } from "../is-up";

/** The checks that the user specifies. Unit names include their suffix. */
export interface Checks {
  /** Units that must be active. */
  readonly active: readonly string[];
  /** Units that may fail. */
  readonly allowFailed: readonly string[];
  /** A shell command to run in the container. It must exit with code 0. */
  readonly exec?: string;
}

/** The methods of an engine that are needed to observe a container. */
export type Observing = Pick<Engine, "enabled" | "healthLine" | "report" | "run" | "skipped" | "units">;

/** Milliseconds between two queries, and how long units have to start and checks to pass after the boot. */
export interface Pace {
  readonly pause: number;
  readonly patience: number;
}

const usualPace: Pace = { pause: 700, patience: 8_000 };

/** How much of a console is kept, in lines. */
const mostLines = 80;

/** Whether the user specified checks, which replace the usual ones. */
export function hasOwn({ active, exec }: Checks): boolean {
  return active.length > 0 || exec !== undefined;
}

/**
 * Observes a container that has booted: gives its units time to start or to fail, and runs the checks until they pass
 * or their time is up. If the user specified no checks, the health check is run.
 */
export async function observe(
  engine: Observing,
  container: Container,
  booted: BootReport,
  checks: Checks,
  signal: AbortSignal,
  pace: Pace = usualPace,
): Promise<Observed> {
  if (!isUp(booted)) return seenOf(booted, checks);
  const until = performance.now() + pace.patience;
  const rest = () => new Promise((resolve) => setTimeout(resolve, pace.pause));
  const line = hasOwn(checks) ? checks.exec : await engine.healthLine(container);
  let enabled = await engine.enabled(container);
  let failing = await failingChecks(engine, container, checks.active, line, signal);
  let calm = 0;
  // Requires two calm queries in a row, because a service that fails soon after its start does so between them.
  while (calm < 2 && performance.now() < until) {
    await rest();
    signal.throwIfAborted();
    const next = await engine.enabled(container);
    if (failing.length > 0) failing = await failingChecks(engine, container, checks.active, line, signal);
    const isCalm = failing.length === 0 && !next.some(isStarting) && isSame(enabled, next);
    calm = isCalm ? calm + 1 : 0;
    enabled = next;
  }
  const last = await engine.report(container);
  if (!isUp(last)) return seenOf(last, checks);
  const others = enabled.filter((unit) => unit.isHeldUp || (unit.active !== "failed" && unit.restarts > 0));
  const starting = [...enabled.filter(isStarting), ...others].map(({ name }) => name);
  const idle = enabled.filter(({ active }) => active === "inactive").map(({ name }) => name);
  const skipped = await engine.skipped(container, idle);
  return { ...seenOf(last, checks), starting: [...new Set(starting)], skipped, checks: failing };
}

type Enabled = Awaited<ReturnType<Engine["enabled"]>>;

function isStarting({ active }: Enabled[number]): boolean {
  return active === "activating" || active === "reloading";
}

function isSame(before: Enabled, after: Enabled): boolean {
  const text = (all: Enabled) =>
    all.map(({ name, active, restarts }) => `${name} ${active} ${restarts}`).join();
  return text(before) === text(after);
}

/** What a report shows: the units that failed, or the console of a container that is not up. */
function seenOf(report: BootReport, { allowFailed }: Checks): Observed {
  const failed = report.failed
    .filter(({ unit }) => !allowFailed.includes(unit))
    .map(({ unit, ended, journal }) => {
      return { unit, result: ended?.result, status: ended && exitStatus(ended), journal };
    });
  const up = isUp(report);
  const log = up ? "" : report.log.split("\n").slice(-mostLines).join("\n");
  return { up, exitCode: report.exitCode, log, failed, starting: [], skipped: [], checks: [] };
}

/** The checks that do not pass, with their output. */
async function failingChecks(
  engine: Observing,
  container: Container,
  active: readonly string[],
  line: string | undefined,
  signal: AbortSignal,
): Promise<Observed["checks"]> {
  const units = active.length === 0 ? [] : await engine.units(container);
  const stateOf = (name: string) => units.find((unit) => unit.name === name);
  const wrong = active.flatMap((unit) => {
    const found = stateOf(unit);
    if (found?.active === "active") return [];
    return [{ what: unit, unit, lines: found ? [`${found.active} (${found.sub})`] : [] }];
  });
  if (line === undefined) return wrong;
  let printed = "";
  const print = (text: string) => {
    printed = (printed + text).slice(-4_000);
  };
  const code = await engine.run(container, line, { print, signal });
  const lines = printed.split("\n").filter((each) => each.trim() !== "");
  return code === 0 ? wrong : [...wrong, { what: line, lines: lines.slice(-20) }];
}
