import { format } from "../base/message";
import type { EngineFacts } from "../engine";
import { type Cause, explainLog } from "../logs/explain";
import { explainUnit, type FailedUnit } from "../logs/unit";
import { needsOf } from "../plan/needs";
import type { ImageFacts } from "../plan/types";
import { equalsRoot, grantsIn, lackingOn } from "./grants";
import type { Failure } from "./search";

/** What was observed during a boot. The strings come from the container and are not escaped. */
export interface Observed {
  /** Whether systemd booted and is running. */
  readonly up: boolean;
  readonly exitCode?: number;
  /** If it is not running: the end of the console output, or why the engine did not start the container. */
  readonly log: string;
  readonly failed: readonly FailedUnit[];
  /** Enabled units that were still starting, were being restarted, or were blocked by another unit that failed. */
  readonly starting: readonly string[];
  /**
   * Enabled units that systemd skipped, each with the condition that was not met: `ConditionCapability=CAP_SYS_TIME`.
   */
  readonly skipped: readonly { readonly unit: string; readonly condition: string }[];
  /** The user's checks that failed, with their output; `unit` is set if the check is about a unit. */
  readonly checks: readonly {
    readonly what: string;
    readonly unit?: string;
    readonly lines: readonly string[];
  }[];
}

/** What is known about the container. */
export interface Known {
  readonly facts: EngineFacts;
  readonly image?: ImageFacts;
  /** Whether the user specified checks, which then replace the default ones. */
  readonly ownChecks: boolean;
}

/**
 * What failed after a boot, and the grants that each failure points to. If the user specified no checks, every unit
 * counts that failed, that never finished starting, or that was skipped because it lacks a grant.
 */
export function failuresIn(observed: Observed, known: Known): Failure[] {
  if (!observed.up) return [notUp(observed, known)];
  const usual = [
    ...observed.failed.map((unit) => failedUnit(unit, known)),
    ...observed.starting.map((unit) => failureOf(unit, [], known, [unit])),
    ...observed.skipped.flatMap(({ unit, condition }) => skippedUnit(unit, condition, known)),
  ];
  if (!known.ownChecks) return usual;
  const enabled = known.image?.needs.map(({ unit }) => unit) ?? [];
  return observed.checks.map(({ what, unit, lines }) => {
    const own = unit === undefined ? undefined : usual.find((each) => each.what === unit);
    const failure = failureOf(what, lines, known, unit === undefined ? [] : [unit]);
    const others = [
      ...usual.flatMap(({ points }) => points),
      ...enabled.flatMap((each) => needOf(each, known)),
    ];
    const line = own?.line || failure.line || (usual[0]?.line ?? "");
    return { what, line, points: unique([...failure.points, ...(own?.points ?? others)]) };
  });
}

function notUp({ log, exitCode }: Observed, { facts, image }: Known): Failure {
  const causes = explainLog({ log, exitCode, facts, image });
  const lines = log.split("\n");
  return { what: "systemd", line: telling(lines, causes), points: pointsOf(lines, causes, facts) };
}

/**
 * Exit statuses with which systemd reports that it could not set up a process (systemd.exec(5)), and the grants that
 * can help.
 */
const ofStatus: Readonly<Record<string, readonly string[]>> = {
  "201/NICE": ["SYS_NICE"],
  "205/LIMITS": ["SYS_RESOURCE"],
  "206/OOM_ADJUST": ["SYS_RESOURCE"],
  "211/IOPRIO": ["SYS_NICE"],
  "214/SETSCHEDULER": ["SYS_NICE"],
  "226/NAMESPACE": ["SYS_ADMIN", "apparmor=unconfined"],
  "242/NUMA_POLICY": ["SYS_NICE"],
};

function failedUnit(failed: FailedUnit, known: Known): Failure {
  const { unit, status = "", journal } = failed;
  const { facts, image } = known;
  const causes = explainUnit(failed, { facts, image });
  const points = [...pointsOf(journal, causes, facts), ...lackingOn(facts, ofStatus[status] ?? [])];
  const line = telling(journal, causes) || status;
  return { what: unit, line, points: unique([...points, ...needOf(unit, known)]) };
}

/**
 * A unit that was skipped counts only if a capability or a device would change that. A unit that needs a grant
 * equivalent to root on the host is meant to be skipped in a container, such as Debian's e2scrub_reap.service.
 */
function skippedUnit(unit: string, condition: string, { facts }: Known): Failure[] {
  const points = /^Condition(Capability|PathExists)=(?!!)/.test(condition) ? grantsIn(condition) : [];
  const lacking = lackingOn(facts, points);
  return lacking.length > 0 && !lacking.some(equalsRoot)
    ? [{ what: unit, line: condition, points: lacking }]
    : [];
}

function failureOf(what: string, lines: readonly string[], known: Known, units: readonly string[]): Failure {
  const { facts, image } = known;
  const causes = lines.length === 0 ? [] : explainLog({ log: lines.join("\n"), facts, image });
  const points = [...pointsOf(lines, causes, facts), ...units.flatMap((unit) => needOf(unit, known))];
  return { what, line: telling(lines, causes), points: unique(points) };
}

/**
 * What a unit needs, according to the table of needs. `privileged` means needs that only a privileged container
 * meets.
 */
function needOf(unit: string, { facts, image }: Known): string[] {
  const ofImage = image?.needs.find((need) => need.unit === unit);
  const [need = ofImage] = ofImage ? [] : needsOf([unit], image?.family);
  if (!need) return [];
  if (need.withheld) return need.privileged ? ["privileged"] : [];
  return lackingOn(facts, [...need.capabilities, ...need.devices, ...(need.securityOptions ?? [])]);
}

function pointsOf(lines: readonly string[], causes: readonly Cause[], facts: EngineFacts): string[] {
  const named = lines.filter((line) => wrong.test(line)).flatMap(grantsIn);
  return lackingOn(facts, [...causes.flatMap(({ grants = [] }) => grants), ...named]);
}

/** Matches the words of a line that reports a failure. */
const wrong = /fail|error|denied|not permitted|cannot|can't|could not|unable|missing|requires?\b|not found/i;

/** Matches systemd's lines about a failed unit that do not show why it failed. */
const result =
  /Failed with result|Main process exited|Failed to start|Control process exited|Scheduled restart/;

/**
 * The line that shows why: the line of a known cause, else the last line that reports a failure, else the last line.
 */
function telling(lines: readonly string[], causes: readonly Cause[]): string {
  const known =
    causes.find(({ line, grants }) => grants && line !== "") ?? causes.find(({ line }) => line !== "");
  if (known) return known.line.trim();
  const said = lines.map((line) => line.trim()).filter((line) => line !== "" && !result.test(line));
  const silent = causes[0] && format(causes[0].cause);
  return said.findLast((line) => wrong.test(line)) ?? said.at(-1) ?? silent ?? "";
}

function unique(grants: readonly string[]): string[] {
  return [...new Set(grants)];
}
