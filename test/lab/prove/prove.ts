import { digestOf, type Proof, type Seen } from "../../../server/src/core/evidence/proofs";
import { readLines } from "../../../server/src/core/explain/lines";
import type { EngineFacts } from "../../../server/src/core/facts";
import type { Boot as Claim, Example, Outcome, Rule } from "../../../server/src/core/rule";
import { rules } from "../../../server/src/core/rules/index";
import { bareRun } from "../../../server/src/core/run/run";
import type { Boot, BootRequest, Engine } from "..";
import { badProject, fixedProject, type Project } from "./project";
import { bootCompose, bootImage, plannedRun } from "./start";

/** An example whose claim is to be booted, and the engine cells to do it on. */
export interface Case {
  readonly rule: Rule;
  readonly example: Example;
  readonly claim: Claim;
  /** The cell of the example's target, or the reference; then those that the claim depends on besides. */
  readonly cells: readonly string[];
}

export interface Verdict {
  readonly proof: Proof;
  /** Where the boots contradict the claim; empty when they bear it out. */
  readonly contradictions: readonly string[];
}

/** Every example of the catalogue that claims a boot. */
export function allCases(): Case[] {
  return rules.flatMap((rule) =>
    rule.examples.flatMap((example) => {
      const { boot: claim } = example;
      return claim
        ? [{ rule, example, claim, cells: [...new Set([cellOf(example), ...(claim.cells ?? [])])] }]
        : [];
    }),
  );
}

/** Without what Debian adds to it. */
export function versionOf({ version = "" }: EngineFacts): string {
  return version.replace(/[+~-].*/, "");
}

/** The lab's engine that an example is written for. */
function cellOf({ target }: Example): string {
  if (!target) return "docker@28/v2";
  const major = /^\d+/.exec(target.version ?? "")?.[0] ?? (target.engine === "podman" ? "5" : "28");
  return `${target.engine}@${major}/v${target.cgroupVersion ?? 2}`;
}

/** Boots an example with its fault and without, and compares with what it claims. */
export async function prove(engine: Engine, { rule, example, claim }: Case): Promise<Verdict> {
  const bad = badProject(rule, example);
  const fixed = fixedProject(rule, example);
  const units = claim.before.inactive ?? [];
  const watch = { units, inactive: [] as string[], systemd: 0 };
  const start = starter(engine, rule, bad, fixed);
  const before = seen(await start.before(inspectInto(watch)), claim.before, watch.inactive);
  watch.inactive = [];
  const after = seen(await start.after(inspectInto(watch)), claim.after, watch.inactive);
  const { facts } = engine;
  return {
    proof: {
      rule: rule.id,
      example: example.says,
      digest: digestOf(example),
      date: new Date().toISOString().slice(0, 10),
      engine: facts.engine,
      version: versionOf(facts),
      cgroupVersion: facts.cgroupVersion ?? 0,
      systemd: watch.systemd,
      before,
      after,
    },
    contradictions: [
      ...contradictions(claim.before, before).map((text) => `before the fix: ${text}`),
      ...contradictions({ ...claim.after, inactive: [] }, after).map((text) => `after the fix: ${text}`),
    ],
  };
}

type Inspect = BootRequest["inspect"];

/**
 * A Dockerfile is started as the plan for the repaired one would, so that only the image is at fault; where
 * the fix leaves the Dockerfile as it is the fault is the run, and it is started without flags. A compose file
 * starts itself.
 */
function starter(engine: Engine, rule: Rule, bad: Project, fixed: Project | undefined) {
  if (rule.subject === "run") {
    if (!fixed) throw new Error(`${rule.id}: the example has no fix to boot.`);
    return {
      before: (inspect: Inspect) => bootCompose(engine, bad, referenceSystemd, inspect),
      after: (inspect: Inspect) => bootCompose(engine, fixed, referenceSystemd, inspect),
    };
  }
  const planned = plannedRun(fixed ?? bad, engine.facts);
  const repairsImage = fixed !== undefined && fixed.files[fixed.path] !== bad.files[bad.path];
  const faulty = repairsImage ? planned : { ...bareRun, tty: true };
  return {
    before: (inspect: Inspect) => bootImage(engine, bad, faulty, inspect),
    after: (inspect: Inspect) => bootImage(engine, fixed ?? bad, planned, inspect),
  };
}

/** Of images that are only named. */
const referenceSystemd = 252;

/** Notes systemd's version, and which of the units are not active. */
export function inspectInto(watch: {
  units: readonly string[];
  inactive: string[];
  systemd: number;
}): Inspect {
  return async ({ exec }) => {
    const { stdout } = await exec(["systemctl", "--version"]);
    watch.systemd = Number(/^systemd (\d+)/.exec(stdout)?.[1] ?? 0);
    for (const unit of watch.units) {
      const { stdout: state } = await exec(["systemctl", "is-active", unit]);
      if (state.trim() !== "active") watch.inactive.push(unit);
    }
  };
}

/** What a boot showed, in the words of a claim; the log line is kept where it tells something. */
export function seen(boot: Boot, claim?: Outcome, inactive: readonly string[] = []): Seen {
  const { exitCode, failedUnits, stop } = boot;
  const state = boot.state === "build-failed" ? "build-fails" : (boot.state as Seen["state"]);
  const up = state !== "exited" && state !== "refused" && state !== "build-fails";
  const log = up && claim?.log === undefined ? undefined : tellingLine(boot.log, claim?.log);
  return {
    state,
    ...(state === "exited" ? { exitCode } : {}),
    ...(log === undefined ? {} : { log }),
    ...(failedUnits.length > 0 ? { failed: [...failedUnits].sort() } : {}),
    ...(inactive.length > 0 ? { inactive } : {}),
    ...(stop ? { stopCode: stop.exitCode } : {}),
  };
}

const failure =
  /fail|error|couldn't|cannot|denied|not permitted|read-only|no such|not found|invalid|missing|required|supported|freez/i;

/**
 * The first line that sounds like a failure and has the piece, if not the first that has it. On cgroup v1
 * systemd complains of links that exist, and goes on.
 */
export function tellingLine(log: string, piece = ""): string | undefined {
  const lines = readLines(log)
    .map(clean)
    .filter((line) => line.includes(piece));
  return (
    lines.find((line) => failure.test(line) && !/File exists/.test(line)) ??
    (piece === "" ? undefined : lines[0])
  );
}

/** Without a build's step numbers and times, and without the names that vary. */
function clean(line: string): string {
  return line
    .replace(/^(#\d+ )?(\d+\.\d+ )?/, "")
    .replace(/\blab-boot-\d+-\d+/g, "NAME")
    .replace(/ of ref \S+::\w+/, "")
    .replace(/\b[0-9a-f]{12,}\b/g, "ID")
    .trim();
}

function contradictions(claim: Outcome, found: Seen): string[] {
  const wrong: string[] = [];
  const expect = (what: string, claimed: unknown, shown: unknown) => {
    if (JSON.stringify(claimed) !== JSON.stringify(shown)) wrong.push(`${what} ${shown}, claimed ${claimed}`);
  };
  expect("state", claim.state, found.state);
  if (claim.exitCode !== undefined) expect("exit code", claim.exitCode, found.exitCode);
  if (claim.stopCode !== undefined) expect("exit code after the stop", claim.stopCode, found.stopCode);
  if (claim.log !== undefined) expect("log line", true, found.log?.includes(claim.log) ?? false);
  if (claim.inactive) expect("inactive units", claim.inactive, found.inactive ?? []);
  return wrong;
}
