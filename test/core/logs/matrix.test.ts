import { describe, expect, test } from "vitest";
import { type Cause, explainLog, type LogToExplain } from "../../../server/src/core/logs/explain";
import { explainUnit } from "../../../server/src/core/logs/unit";
import type { ImageFacts } from "../../../server/src/core/plan/types";
import boots from "./boot-logs.json";

/** What a boot of the matrix left: its log, the units that failed, and where PID 1 stands if not in its own tree. */
interface Left {
  readonly log: readonly string[];
  readonly failed?: readonly string[];
  readonly group?: string;
}

/** Each log once, with the boots that wrote it: flags → engine/host/systemd. */
const failing: readonly (Left & { result: string; boots: Record<string, string | undefined> })[] =
  boots.failing;

/**
 * The rule that a person who knows the flags blames, from the flags and nothing else: what the matrix was made
 * to show. Not the log, and not the explainer.
 */
function expected(result: string, flags: string, cgroup: string, systemd: number): string {
  // Docker below 28 refuses writable-cgroups; --init takes the place of PID 1.
  if (result === "ref") return "run-security-opt";
  if (result === "x1") return "run-init";
  // PID 1 took over the host's root: a bind mount with a private namespace.
  if (result.endsWith("!")) return "run-cgroup-namespace";
  // systemd mounts what it needs before it looks at control groups.
  if (flags === "terminal only" || flags === "without tmpfs-run") return "run-tmpfs-run";
  if (cgroup === "v1" && systemd === 262) return "image-cgroup-version";
  if (flags === "without tmpfs-tmp") return "run-tmpfs-tmp";
  if (flags === "without tmpfs-run-lock") return "run-tmpfs-run";
  if (flags.startsWith("bind rw")) return "run-cgroup-namespace";
  return "run-cgroup-writable";
}

const image: ImageFacts = { reference: "web", volumes: [], needs: [] };

/** What comes first: why the boot failed, else why its units did. */
function firstCause({ log, failed = [], group }: Left, known: Omit<LogToExplain, "log">): Cause | undefined {
  const units = failed.map((unit) => ({ unit, result: "exit-code", journal: [] }));
  const causes = explainLog({ ...known, log: log.join("\n"), group });
  return [...causes, ...units.flatMap((unit) => explainUnit(unit, known))][0];
}

const cases = failing.flatMap(({ result, boots: by, ...left }) =>
  Object.entries(by).flatMap(([flags, cells = ""]) =>
    cells.split(" ").map((cell) => ({ result, flags, cell, left })),
  ),
);

describe("the measured boots that failed", () => {
  test("all of them are here", () => {
    expect(cases).toHaveLength(293);
  });

  test.each(cases)("$flags on $cell ended $result", ({ result, flags, cell, left }) => {
    const [version = "", cgroup = "", systemd = ""] = cell.split("/");
    const exitCode = /^x\d+$/.test(result) ? Number(result.slice(1)) : undefined;
    const facts = { engine: "docker", version, cgroupVersion: cgroup === "v1" ? 1 : 2 } as const;
    const rule = expected(result, flags, cgroup, Number(systemd));
    const known = { facts, image: { ...image, systemdVersion: Number(systemd) }, exitCode };
    expect(firstCause(left, known)?.rule).toBe(rule);
    // If a log was left, it gives the same result without the engine and the image.
    if (left.log.length > 0 || left.group) expect(firstCause(left, {})?.rule).toBe(rule);
  });
});

test("lines of the measured boots that were healthy say nothing", () => {
  expect(boots.healthy.length).toBeGreaterThan(20);
  expect(explainLog({ log: boots.healthy.join("\n"), exitCode: 0 })).toEqual([]);
});
