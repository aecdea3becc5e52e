import { flags, words } from "../../../server/src/core/container/flags";
import type { ContainerSpec } from "../../../server/src/core/container/spec";
import type { Seen } from "../../../server/src/core/docs/evidence/proofs";
import type { EngineFacts, Target } from "../../../server/src/core/engine";
import { fixFiles } from "../../../server/src/core/lint/fix-files";
import { rules } from "../../../server/src/core/lint/rules/index";
import { readCompose } from "../../../server/src/core/surfaces/compose/read";
import { kindOf } from "../../../server/src/core/surfaces/files";
import { examplesOf } from "../../core/example";
import { boot, type Engine, engineNames } from "..";
import { digest } from "./digest";
import { type Cell, type Checked, cellName, cellNow, factsOf } from "./part";
import { badProject, fixedProject, type Project, snapshotOf, uriOf } from "./project";
import { inspectInto, seen } from "./prove";
import { plannedRun, withImages } from "./start";

/**
 * How the projects of a group boot on an engine before and after Fix All. `kept` is empty if none of them boots or if
 * Fix All changes none of them.
 */
export interface KeptProof extends Cell {
  readonly group: string;
  /** The digest of all projects of the group before and after Fix All. A proof for other files proves nothing. */
  readonly digest: string;
  readonly date: string;
  readonly systemd: number;
  readonly kept: Readonly<Record<string, Kept>>;
}

/** How a project boots before and after Fix All. */
interface Kept {
  readonly before: Seen;
  /** Fixed for this engine, or for an unknown engine; absent if Fix All changes nothing in that case. */
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

/** The settings of services with which people start systemd. */
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

/** Projects that are built and booted one after the other, so that what they have in common is built once. */
interface Group {
  readonly name: string;
  readonly projects: Readonly<Record<string, Project>>;
}

/**
 * Whether what boots still boots after Fix All. A project that does not boot on an engine in the first place proves
 * nothing there.
 */
export const keptPart: Checked<KeptProof> = {
  name: "kept",
  jobs: (cell) =>
    groupsOf(cell).map((group) => ({
      title: group.name,
      work: (engine) => proveKept(engine, group),
    })),
  cellOf: cellName,
  titleOf: (row) => {
    const group = groupsOf(cellName(row)).find(({ name }) => name === row.group);
    return group && row.digest === digestOf(group, factsOf(row)) ? group.name : undefined;
  },
  order: (row) =>
    engineNames.indexOf(cellName(row)) * 1000 +
    groupsOf(cellName(row)).findIndex(({ name }) => name === row.group),
};

/** The digest of every project of a group: unchanged, fixed for that engine, and fixed for an unknown engine. */
function digestOf({ projects }: Group, facts: EngineFacts): string {
  return digest(
    Object.values(projects).map((project) =>
      [project, fixedAll(project, facts), fixedAll(project, undefined)].map(({ files }) => files),
    ),
  );
}

/**
 * The examples of the rules are booted only on the engine that most of them are written for; the flags, on all
 * engines.
 */
function groupsOf(cell: string): Group[] {
  if (cell !== "docker@28/v2") return flagged();
  exampleGroups ??= examples();
  return [...flagged(), ...exampleGroups];
}

/** Created on first use and kept, because every recorded row needs them. */
let exampleGroups: Group[] | undefined;

function flagged(): Group[] {
  return releases.map(([release, systemd]) => ({
    name: `systemd ${systemd}`,
    projects: Object.fromEntries(
      Object.entries(services).map(([flags, lines]) => [flags, serviceOf(release, lines)]),
    ),
  }));
}

function serviceOf(release: string, lines: readonly string[]): Project {
  const dockerfile = [
    `FROM debian:${release}`,
    "RUN apt-get update && apt-get install -y systemd systemd-sysv dbus",
    "STOPSIGNAL SIGRTMIN+3",
    'CMD ["/sbin/init"]',
  ];
  const compose = [
    "services:",
    "  web:",
    "    build: .",
    "    tty: true",
    ...lines.map((line) => `    ${line}`),
  ];
  const text = (all: readonly string[]) => all.map((line) => `${line}\n`).join("");
  return { path: "compose.yaml", files: { Dockerfile: text(dockerfile), "compose.yaml": text(compose) } };
}

/** The examples that the lab can build, before and after their fixes. */
function examples(): Group[] {
  return rules.flatMap((rule) => {
    const projects = examplesOf(rule).flatMap((example) => [
      [example.says, badProject(rule, example)] as const,
      [`${example.says} Fixed.`, fixedProject(rule, example)] as const,
    ]);
    const buildable = projects.flatMap(([says, project]) =>
      project && isBuildable(project) ? [[says, project] as const] : [],
    );
    return buildable.length > 0 ? [{ name: rule.id, projects: Object.fromEntries(buildable) }] : [];
  });
}

/**
 * Whether the project is a Dockerfile, or a compose file with a Dockerfile. The Dockerfile must be based on Debian
 * and copy only the project's files, and nothing may need the host.
 */
function isBuildable({ path, files }: Project): boolean {
  const { Dockerfile = "", ...others } = files;
  return (
    ["dockerfile", "compose"].includes(kindOf(path, files[path] ?? "")) &&
    /^FROM debian:(11|12|13|sid)/m.test(Dockerfile) &&
    !/^FROM (?!debian:|scratch)/m.test(Dockerfile) &&
    (Object.keys(others).length > 1 || !/^COPY (?!<<|--from)/m.test(Dockerfile)) &&
    !/privileged|network_mode: host|pid: host|\/run:\/run/.test(others["compose.yaml"] ?? "")
  );
}

async function proveKept(
  engine: Engine,
  group: Group,
): Promise<{ proof: KeptProof; contradictions: string[] }> {
  const cell = cellNow(engine);
  const facts = factsOf(cell);
  const watch = { units: [], inactive: [], systemd: 0 };
  const kept: Record<string, Kept> = {};
  await withImages(engine, async (imageOf) => {
    for (const [name, project] of Object.entries(group.projects)) {
      // Fixing a Dockerfile does not change how people start its image.
      const planned = project.files["compose.yaml"] ? undefined : plannedRun(project, engine.facts);
      const start = async (one: Project): Promise<Seen> => {
        const image = await imageOf(one);
        if (!image) return { state: "build-fails" };
        const spec = planned ?? runOf(one);
        const request = { image, args: flags(spec), command: words(spec), patience: 20 };
        return seen(await boot(engine, { ...request, inspect: inspectInto(watch) }));
      };
      const found = await bootFixed(project, facts, start);
      if (found) kept[name] = found;
    }
  });
  return {
    proof: { group: group.name, digest: digestOf(group, facts), ...cell, systemd: watch.systemd, kept },
    contradictions: Object.entries(kept).flatMap(([name, { before, ...after }]) =>
      Object.values(after)
        .filter((found) => isWorse(before, found))
        .map((found) => `${name}: ${JSON.stringify(before)} → ${JSON.stringify(found)}`),
    ),
  };
}

/** Boots a project before and after Fix All; undefined if it does not boot, or if Fix All changes nothing. */
async function bootFixed(
  project: Project,
  facts: EngineFacts,
  start: (one: Project) => Promise<Seen>,
): Promise<Kept | undefined> {
  const stated = fixedAll(project, facts);
  const unstated = fixedAll(project, undefined);
  if (same(stated, project) && same(unstated, project)) return undefined;
  const before = await start(project);
  if (!boots(before)) return undefined;
  const after: { stated?: Seen; unstated?: Seen } = {};
  if (!same(stated, project)) after.stated = await start(stated);
  if (!same(unstated, project)) {
    after.unstated = same(unstated, stated) && after.stated ? after.stated : await start(unstated);
  }
  return { before, ...after };
}

/** Every file after Fix All, as the command line fixes a project. */
function fixedAll(project: Project, target: Target): Project {
  const files = Object.entries(project.files)
    .filter(([name]) => /Dockerfile$|\.yaml$/.test(name))
    .map(([name, text]) => ({ uri: uriOf(name), text, kind: kindOf(name, text) }));
  const fixes = fixFiles(files, snapshotOf(project), { rules: {}, target });
  const text = (name: string, before: string) => fixes.get(uriOf(name))?.text ?? before;
  return {
    ...project,
    files: Object.fromEntries(
      Object.entries(project.files).map(([name, before]) => [name, text(name, before)]),
    ),
  };
}

function same(one: Project, other: Project): boolean {
  return JSON.stringify(one.files) === JSON.stringify(other.files);
}

/** How the first service of the project's compose file is started. */
function runOf(project: Project): ContainerSpec {
  const uri = uriOf("compose.yaml");
  const { read } = snapshotOf(project);
  const [source] = readCompose(uri, read(uri) ?? "", read).containers;
  if (!source) throw new Error("The compose file starts nothing.");
  return source.spec;
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
