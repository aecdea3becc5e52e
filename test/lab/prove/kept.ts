import type { Seen } from "../../../server/src/core/evidence/proofs";
import type { Target } from "../../../server/src/core/facts";
import { fixAll } from "../../../server/src/core/fix";
import { rules } from "../../../server/src/core/rules/index";
import type { Run } from "../../../server/src/core/run/run";
import { readCompose } from "../../../server/src/core/run/surfaces/compose";
import { type Engine, engineNames } from "..";
import { type Cell, cellName, cellNow, type Part } from "./part";
import { badProject, fixedProject, type Project, snapshotOf, uriOf } from "./project";
import { inspectInto, seen } from "./prove";
import { bootImage, plannedRun } from "./start";

/** A project that boots on an engine, and how it boots after fix-all. */
interface KeptProof extends Cell {
  readonly project: string;
  readonly date: string;
  readonly systemd: number;
  readonly before: Seen;
  /** Fixed for this engine, and for none that is known; absent where fix-all changes nothing then. */
  readonly stated?: Seen;
  readonly unstated?: Seen;
}

const releases = [
  ["11", 247],
  ["12", 252],
  ["13", 257],
  ["sid", 262],
] as const;

const bind = "/sys/fs/cgroup:/sys/fs/cgroup";
const tmpfs = "tmpfs: [/run, /run/lock, /tmp]";
/** A service with the flags that people start systemd with. */
const services: Readonly<Record<string, readonly string[]>> = {
  "no flags": [],
  "writable-cgroups": ["security_opt: [writable-cgroups=true]", tmpfs],
  "bind rw, host namespace": [`volumes: ["${bind}"]`, "cgroup: host", tmpfs],
  "bind rw": [`volumes: ["${bind}:rw"]`, tmpfs],
  "bind ro": [`volumes: ["${bind}:ro"]`, tmpfs],
  "bind ro, below it writable": [
    "volumes: [{type: bind, source: /sys/fs/cgroup, target: /sys/fs/cgroup, read_only: true, bind: {recursive: writable}}]",
    tmpfs,
  ],
  "SYS_ADMIN and seccomp=unconfined, bind ro": [
    `volumes: ["${bind}:ro"]`,
    "cap_add: [SYS_ADMIN]",
    "security_opt: [seccomp=unconfined]",
  ],
  "SYS_ADMIN, bind rw, host namespace": [
    `volumes: ["${bind}"]`,
    "cgroup: host",
    "cap_add: [SYS_ADMIN]",
    tmpfs,
  ],
  "bind rw, host namespace, no tmpfs on /tmp": [
    `volumes: ["${bind}"]`,
    "cgroup: host",
    "tmpfs: [/run, /run/lock]",
  ],
  "bind rw, host namespace, a volume on /run": [
    `volumes: ["${bind}", "/run"]`,
    "cgroup: host",
    "tmpfs: [/run/lock, /tmp]",
  ],
  "bind rw, host namespace, SIGTERM and an empty variable": [
    `volumes: ["${bind}"]`,
    "cgroup: host",
    tmpfs,
    "stop_signal: SIGTERM",
    'environment: {container: ""}',
  ],
};

/** Where the examples of the rules are fixed and booted, beside the services above, which are everywhere. */
const exampleCells = ["docker@28/v2", "podman@5/v2"];

interface Candidate {
  readonly title: string;
  readonly project: Project;
}

/** What boots, after fix-all. What does not boot on an engine to begin with proves nothing there. */
export const keptPart: Part<KeptProof> = {
  name: "kept",
  jobs: (cell) =>
    [...flagged(), ...(exampleCells.includes(cell) ? examples() : [])].map(({ title, project }) => ({
      title,
      work: (engine) => proveKept(engine, title, project),
    })),
  cellOf: (row) => (placeOf(row) === -1 ? undefined : cellName(row)),
  order: (row) => engineNames.indexOf(cellName(row)) * 10_000 + placeOf(row),
};

function placeOf({ project }: KeptProof): number {
  return [...flagged(), ...examples()].findIndex(({ title }) => title === project);
}

function flagged(): Candidate[] {
  return releases.flatMap(([release, systemd]) =>
    Object.entries(services).map(([flags, lines]) => ({
      title: `systemd ${systemd}, ${flags}`,
      project: {
        path: "compose.yaml",
        files: {
          Dockerfile: `FROM debian:${release}\nRUN apt-get update && apt-get install -y systemd systemd-sysv dbus\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n`,
          "compose.yaml": [
            "services:",
            "  web:",
            "    build: .",
            ...lines.map((line) => `    ${line}`),
            "",
          ].join("\n"),
        },
      },
    })),
  );
}

/** The examples of the rules that the lab can build, before and after their fix. */
function examples(): Candidate[] {
  return rules.flatMap((rule) =>
    rule.examples.flatMap((example) =>
      [badProject(rule, example), fixedProject(rule, example)].flatMap((project, index) =>
        project && isBuildable(project)
          ? [{ title: `${rule.id}, ${example.says}${index === 0 ? "" : " Fixed."}`, project }]
          : [],
      ),
    ),
  );
}

/** It has a Dockerfile on Debian that copies only what it brings, and asks for no privileges. */
function isBuildable({ files }: Project): boolean {
  const { Dockerfile = "", ...others } = files;
  return (
    /^FROM debian:(11|12|13|sid)/m.test(Dockerfile) &&
    !/^FROM (?!debian:|scratch)/m.test(Dockerfile) &&
    (Object.keys(others).length > 1 || !/^COPY (?!<<|--from)/m.test(Dockerfile)) &&
    !/privileged|network_mode: host|pid: host|\/run:\/run/.test(others["compose.yaml"] ?? "")
  );
}

async function proveKept(
  engine: Engine,
  title: string,
  project: Project,
): Promise<{ proof?: KeptProof; contradictions: string[] }> {
  const stated = fixedAll(project, engine.facts);
  const unstated = fixedAll(project, undefined);
  if (same(stated, project) && same(unstated, project)) return { contradictions: [] };
  const watch = { units: [], inactive: [], systemd: 0 };
  // Nobody restarts an image in another way because its Dockerfile was fixed.
  const planned = project.files["compose.yaml"] ? undefined : plannedRun(project, engine.facts);
  const start = async (files: Project) =>
    seen(
      await bootImage(engine, { ...files, path: "Dockerfile" }, planned ?? runOf(files), {
        inspect: inspectInto(watch),
      }),
    );
  const before = await start(project);
  if (!boots(before)) return { contradictions: [] };
  const after: { stated?: Seen; unstated?: Seen } = {};
  if (!same(stated, project)) after.stated = await start(stated);
  if (!same(unstated, project))
    after.unstated = same(unstated, stated) ? after.stated : await start(unstated);
  const contradictions = Object.entries(after).flatMap(([how, found]) =>
    isWorse(before, found) ? [`${how}: ${JSON.stringify(before)} → ${JSON.stringify(found)}`] : [],
  );
  return {
    proof: { project: title, ...cellNow(engine), systemd: watch.systemd, before, ...after },
    contradictions,
  };
}

/** Every file after fix-all, each judged beside the others as they are by then. */
function fixedAll(project: Project, target: Target): Project {
  const files: Record<string, string> = { ...project.files };
  for (const path of Object.keys(files).filter((name) => /Dockerfile$|\.yaml$/.test(name))) {
    const snapshot = snapshotOf({ ...project, files });
    const input = { uri: uriOf(path), text: files[path] ?? "", snapshot, settings: { rules: {}, target } };
    files[path] = fixAll(input).text;
  }
  return { ...project, files };
}

function same(one: Project, other: Project): boolean {
  return JSON.stringify(one.files) === JSON.stringify(other.files);
}

/** How the first service of its compose file is started. */
function runOf(project: Project): Run {
  const uri = uriOf("compose.yaml");
  const { read } = snapshotOf(project);
  const [source] = readCompose(uri, read(uri) ?? "", read).runs;
  if (!source) throw new Error("The compose file starts nothing.");
  return source.run;
}

function boots({ state }: Seen): boolean {
  return state === "running" || state === "degraded";
}

function isWorse(before: Seen, after: Seen): boolean {
  if (!boots(after)) return true;
  return (
    (before.state === "running" && after.state !== "running") ||
    (before.stopCode === 0 && after.stopCode !== 0)
  );
}
