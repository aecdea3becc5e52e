import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import boots from "../../../server/src/core/docs/evidence/boots.json";
import workloads from "../../../server/src/core/docs/evidence/workloads.json";
import type { EngineFacts } from "../../../server/src/core/engine";
import { lint } from "../../../server/src/core/lint/lint";
import { blameCause, blameDirective } from "../../../server/src/core/logs/blame";
import { explainLog } from "../../../server/src/core/logs/explain";
import { sceneOf } from "../../../server/src/core/logs/scene";
import { explainUnit } from "../../../server/src/core/logs/unit";
import { isOf, recordedCases } from "../../lab/record/examples";
import { exampleProject, readMarks } from "../example";
import examples from "./recorded/examples.json";
import units from "./recorded/units.json";

/** What `npm run lab:logs` recorded of real engines. */
const folder = join(__dirname, "recorded");
const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

describe("boots in good health say nothing", () => {
  const files = readdirSync(join(folder, "healthy"));

  test("every systemd on every engine is here, with its console and its journal", () => {
    const boots = ["docker-28-v1", "docker-28-v2", "podman-5-v2"].flatMap((engine) =>
      [247, 252, 257, 262]
        // systemd 258 and later do not boot on cgroup v1.
        .filter((systemd) => systemd < 258 || engine !== "docker-28-v1")
        .flatMap((systemd) => [`${engine}-${systemd}.console.log`, `${engine}-${systemd}.journal.log`]),
    );
    expect(files.sort()).toEqual(boots.sort());
  });

  test.each(files)("%s", (name) => {
    const log = read("healthy", name);
    expect(log.split("\n").length).toBeGreaterThan(30);
    expect(explainLog({ log })).toEqual([]);
    expect(explainLog({ log, exitCode: 0, group: "/init.scope" })).toEqual([]);
  });

  test("nor does any line of their debug logs that sounds like a failure", () => {
    const lines = read("debug-lines.log").trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(80);
    for (const line of lines) expect(explainLog({ log: line })).toEqual([]);
  });
});

describe("units that failed for one known reason each", () => {
  /** What is right, by the unit's name; `admin` is with SYS_ADMIN, where sandboxes are set up. */
  const reasons: Readonly<Record<string, readonly string[]>> = {
    "exec-missing": ["exec-missing"],
    "exec-denied": ["exec-denied"],
    "exec-format": ["exec-format"],
    "exec-script": ["exec-interpreter"],
    "exec-noexec": ["exec-denied"],
    chdir: ["unit-chdir"],
    user: ["unit-user"],
    group: ["unit-user"],
    scheduler: ["unit-scheduler"],
    "private-users": ["user-namespace"],
    "dynamic-user": ["namespace-refused"],
    "temporary-fs": ["namespace-refused"],
    "bind-paths": ["namespace-refused"],
    "root-directory": ["namespace-refused"],
    credentials: ["credentials-missing"],
    "environment-file": ["environment-file"],
    output: ["unit-stream"],
    tty: ["unit-stream"],
    "start-timeout": ["start-timeout"],
    "syscall-filter": ["system-call"],
    clock: ["clock"],
    // Programs that fail on their own without a known error line.
    "exit-1": [],
    restarts: [],
    mount: [],
  };
  const cases = units.map((unit) => {
    const name = unit.unit.replace(/^broken-|\.service$/g, "");
    const by = `${name} on systemd ${unit.systemd.join(", ")}${unit.admin ? " with SYS_ADMIN" : ""}`;
    const newer = (unit.systemd[0] ?? 0) >= 257;
    // With SYS_ADMIN the root that it is given is used: an empty one, whose unit could not log before systemd 257.
    if (unit.admin && name === "root-directory") {
      return { by, unit, reason: [newer ? "exec-missing" : "unit-exec"] };
    }
    // A missing credential file is reported as a protocol error before systemd 262.
    if (unit.admin && name === "credentials" && !unit.systemd.includes(262)) {
      return { by, unit, reason: ["credentials"] };
    }
    return { by, unit, reason: reasons[name] };
  });

  test("each of them failed on every systemd", () => {
    for (const name of Object.keys(reasons)) {
      const own = units.filter(({ unit, admin }) => unit === `broken-${name}.service` && !admin);
      expect([name, ...own.flatMap(({ systemd }) => systemd).sort()]).toEqual([name, 247, 252, 257, 262]);
    }
  });

  test.each(cases)("$by", ({ unit, reason }) => {
    expect(explainUnit(unit, {}).map(({ id }) => id)).toEqual(reason);
  });
});

describe("what proofs of rules and of needs saw in a log", () => {
  const seen = [
    ...boots.map(({ rule, before }) => ({ rules: [rule], ...before })),
    ...workloads.flatMap(({ rules: of, without }) =>
      Object.values(without).map((before) => ({ rules: of, ...(before as object) })),
    ),
  ].flatMap((before: { rules: string[]; log?: string; state?: string }) =>
    before.log ? [{ ...before, log: before.log }] : [],
  );

  test("is of most proofs", () => expect(seen.length).toBeGreaterThan(25));

  test.each(seen)("$log", ({ rules: of, log }) => {
    // Good news, looked for because another file claims otherwise.
    if (log.startsWith("[  OK  ]")) return expect(explainLog({ log })).toEqual([]);
    const [cause] = explainLog({ log });
    expect(cause?.rules.filter((rule) => of.includes(rule))).not.toEqual([]);
  });
});

describe("examples of rules that were booted with their fault", () => {
  /** Their logs show nothing: they run and stop cleanly, or a unit fails without a message. */
  const quiet = [
    "image-healthcheck",
    "image-runtime-volume",
    "image-systemd-args",
    "image-target-skips-services",
    "image-wants-cleanup",
    "run-capability-unneeded",
    "run-cgroup-host",
    "run-fuse",
    "run-host-run",
  ];

  /** The same while they run; the log of one that ends, or the message of one that is refused, shows why. */
  const quietWhileRunning = ["image-work-after-init", "run-cgroup-partial"];

  const cases = recordedCases().map(({ cell, rule, example }) => {
    const recorded = examples.find((one) => isOf(one, { cell, rule, example }));
    return { title: `${rule.id} on ${cell}: ${example.says}`, rule, example, recorded };
  });

  test("each has its record, and each record its example", () => {
    const missing = cases.flatMap(({ title, recorded }) => (recorded ? [] : [title]));
    const left = examples.filter((one) => !cases.some(({ recorded }) => recorded === one));
    expect(missing, "not recorded: run `npm run lab:logs -- examples`").toEqual([]);
    expect(
      left.map(({ rule }) => rule),
      "of no example: run `npm run lab:logs -- examples`",
    ).toEqual([]);
    expect(quiet.filter((id) => !cases.some(({ rule }) => rule.id === id))).toEqual([]);
  });

  test.each(cases)("$title", ({ rule, example, recorded }) => {
    if (!recorded) throw new Error("It is not recorded: run `npm run lab:logs -- examples`.");
    const [engine, version] = recorded.engine.split(/[@/]/) as ["docker" | "podman", string];
    const facts: EngineFacts = { engine, version, cgroupVersion: recorded.engine.endsWith("1") ? 1 : 2 };
    const { text } = readMarks(example.source);
    const { uri, snapshot } = exampleProject(rule, example, text);
    const scene = sceneOf({ uri, text, snapshot, target: facts });
    const files = scene.files.map(({ uri: at, subject }) => {
      const { findings } = lint({
        uri: at,
        text: snapshot.read(at) ?? "",
        snapshot,
        settings: { rules: {}, target: facts },
      });
      return {
        uri: at,
        findings: findings.filter(({ subjects }) => subject === undefined || subjects.includes(subject)),
      };
    });
    const known = { facts, image: scene.facts };
    const causes = [
      ...explainLog({ ...known, log: recorded.log.join("\n"), exitCode: recorded.exitCode }),
      ...recorded.failed.flatMap((unit) => explainUnit(unit, known)),
    ];
    const runs = recorded.state === "running" && quietWhileRunning.includes(recorded.rule);
    if (runs || quiet.includes(recorded.rule)) return expect(causes).toEqual([]);
    const blamed = causes.map((cause) => blameCause(cause, files)?.finding.rule);
    expect(blamed).toContain(recorded.rule);
    // What comes first is that, or another rule about the very same fault.
    expect(causes[0]?.rules).toContain(recorded.rule);
    for (const unit of recorded.failed) {
      if (unit.unit === "app.service") expect(blameDirective(unit, scene)).toBeDefined();
    }
  });
});
