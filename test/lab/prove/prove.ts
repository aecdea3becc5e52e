import { bareSpec } from "../../../server/src/core/container/spec";
import type { Proof, Seen } from "../../../server/src/core/docs/evidence/proofs";
import type { Boot as Claim, Example, Outcome } from "../../../server/src/core/lint/example";
import type { Rule } from "../../../server/src/core/lint/rule";
import { rules } from "../../../server/src/core/lint/rules/index";
import { readLines } from "../../../server/src/core/logs/lines";
import { examplesOf } from "../../core/example";
import { type Boot, type BootedContainer, type Engine, engineNames } from "..";
import { sleep } from "../process";
import { digestOf } from "./digest";
import { type Checked, cellName, cellNow } from "./part";
import { badProject, fixedProject, type Project } from "./project";
import { bootCompose, bootImage, plannedRun, referenceSystemd, type Watch } from "./start";

/** An example that claims a boot, and the engine cells to check it on. */
export interface Case {
  readonly rule: Rule;
  readonly example: Example;
  readonly claim: Claim;
  /** The cell of the example's target, or the reference cell, followed by any others that the claim depends on. */
  readonly cells: readonly string[];
}

export interface Verdict {
  readonly proof: Proof;
  /** Where the boots contradict the claim; empty if they confirm it. */
  readonly contradictions: readonly string[];
}

/** Every example in the catalog that claims a boot. */
export function allCases(): Case[] {
  return rules.flatMap((rule) =>
    examplesOf(rule).flatMap((example) => {
      const { boot: claim } = example;
      return claim
        ? [{ rule, example, claim, cells: [...new Set([cellOf(example), ...(claim.cells ?? [])])] }]
        : [];
    }),
  );
}

/** What the rules claim. */
export const bootsPart: Checked<Proof> = {
  name: "boots",
  jobs: (cell) =>
    allCases()
      .filter(({ cells }) => cells.includes(cell))
      .map((one) => ({
        title: titleOf(one),
        work: (engine) => prove(engine, one),
      })),
  cellOf: (row) => (caseOf(row) === -1 ? undefined : cellName(row)),
  titleOf: (row) => {
    const one = allCases()[caseOf(row)];
    return one && titleOf(one);
  },
  order: (row) => caseOf(row) * 100 + engineNames.indexOf(cellName(row)),
};

function titleOf({ rule, example }: Case): string {
  return `${rule.id}: ${example.says}`;
}

/** The index of the case that a row proves; -1 if the example has changed since. */
function caseOf({ rule, digest }: Proof): number {
  return allCases().findIndex((one) => one.rule.id === rule && digestOf(one.example) === digest);
}

/** The lab engine that an example is written for. */
function cellOf({ target }: Example): string {
  if (!target) return "docker@28/v2";
  const major = /^\d+/.exec(target.version ?? "")?.[0] ?? (target.engine === "podman" ? "5" : "28");
  return `${target.engine}@${major}/v${target.cgroupVersion ?? 2}`;
}

/** Boots an example with and without its fault, and compares the outcomes with its claim. */
export async function prove(engine: Engine, { rule, example, claim }: Case): Promise<Verdict> {
  if (claim.before.leaves && !engineNames.includes(engine.name))
    throw new Error(
      "This example leaves files on the host, so it may only be booted on one of the lab's engines.",
    );
  const bad = badProject(rule, example);
  const fixed = fixedProject(rule, example);
  const start = starter(engine, rule, bad, fixed);
  let systemd = 0;
  const show = async (project: "before" | "after"): Promise<Seen> => {
    const watch = { units: claim.before.inactive ?? [], inactive: [], systemd: 0 };
    let health: string | undefined;
    const booted = await start[project]({
      restarted: claim.restarted,
      inspect: async (container) => {
        await inspectInto(watch)(container);
        if (claim[project].health) health = await healthOf(engine, container.name);
      },
    });
    systemd = watch.systemd || systemd;
    const leaves = await leftOnHost(engine, claim.before.leaves ?? []);
    return {
      ...seen(booted, claim[project], watch.inactive),
      ...(health ? { health } : {}),
      ...(leaves.length > 0 ? { leaves } : {}),
    } as Seen;
  };
  const before = await show("before");
  const after = await show("after");
  return {
    proof: {
      rule: rule.id,
      example: example.says,
      digest: digestOf(example),
      ...cellNow(engine),
      systemd,
      before,
      after,
    },
    contradictions: [
      ...contradictions(claim.before, before).map((text) => `before the fix: ${text}`),
      ...contradictions({ ...claim.after, inactive: [] }, after).map((text) => `after the fix: ${text}`),
    ],
  };
}

/**
 * A compose file starts itself. A Dockerfile without one is started with the plan for the fixed Dockerfile, so that
 * only the image is at fault. If the fix does not change the Dockerfile, the fault is in how the image is started, so
 * it is started without flags.
 */
export function starter(engine: Engine, rule: Rule, bad: Project, fixed: Project | undefined) {
  const composed = rule.subject === "run" ? bad.path : "compose.yaml";
  if (composed in bad.files) {
    if (!fixed) throw new Error(`${rule.id}: the example has no fix to boot.`);
    const up = (project: Project) => (watch: Watch) =>
      bootCompose(engine, { ...project, path: composed }, referenceSystemd, watch);
    return { before: up(bad), after: up(fixed) };
  }
  const planned = plannedRun(fixed ?? bad, engine.facts);
  const repairsImage = fixed !== undefined && fixed.files[fixed.path] !== bad.files[bad.path];
  const faulty = repairsImage ? planned : { ...bareSpec, tty: true };
  return {
    before: (watch: Watch) => bootImage(engine, bad, faulty, watch),
    after: (watch: Watch) => bootImage(engine, fixed ?? bad, planned, watch),
  };
}

/** Notes systemd's version, and which of the units are not active. */
export function inspectInto(watch: {
  units: readonly string[];
  inactive: string[];
  systemd: number;
}): (container: BootedContainer) => Promise<void> {
  return async ({ exec }) => {
    const { stdout } = await exec(["systemctl", "--version"]);
    watch.systemd = Number(/^systemd (\d+)/.exec(stdout)?.[1] ?? 0);
    for (const unit of watch.units) {
      const { stdout: state } = await exec(["systemctl", "is-active", unit]);
      if (state.trim() !== "active") watch.inactive.push(unit);
    }
  };
}

/** Removes the paths that exist, and returns them. */
async function leftOnHost({ exec }: Engine, paths: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const path of paths) if ((await exec(["rm", path])).code === 0) left.push(path);
  return left;
}

/** The health of a container that the engine reports after the first check. Throws after half a minute. */
async function healthOf({ exec, facts }: Engine, container: string): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const format = "{{.State.Health.Status}}";
    const { stdout } = await exec([facts.engine, "inspect", "--format", format, container]);
    if (stdout.trim() !== "starting") return stdout.trim();
    await sleep(500);
  }
  throw new Error("The engine does not report whether the container is healthy.");
}

/** What a boot showed, in the terms of a claim. The log line is kept if the boot failed or if the claim has one. */
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
  /fail|error|couldn't|cannot|unable|denied|not permitted|read-only|no such|not found|invalid|missing|required|supported|freez/i;

/**
 * The first line that contains `piece` and reads like a failure, or else the first line that contains `piece`. On
 * cgroup v1, systemd complains about links that already exist, and continues.
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

/** The line without a build's step numbers and times, and without names that vary. */
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
  if (claim.health) expect("health", claim.health, found.health);
  if (claim.leaves) expect("left on the host", claim.leaves, found.leaves ?? []);
  if (claim.inactive) expect("inactive units", claim.inactive, found.inactive ?? []);
  return wrong;
}
