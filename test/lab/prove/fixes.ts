import { parse, stringify } from "yaml";
import { format } from "../../../server/src/core/base/message";
import { applyEdits, conflict, type Edit } from "../../../server/src/core/base/text";
import type { Seen } from "../../../server/src/core/docs/evidence/proofs";
import type { EngineFacts } from "../../../server/src/core/engine";
import type { Example } from "../../../server/src/core/lint/example";
import { lint } from "../../../server/src/core/lint/lint";
import type { Finding, Rule } from "../../../server/src/core/lint/rule";
import { rules } from "../../../server/src/core/lint/rules/index";
import { examplesOf, readMarks } from "../../core/example";
import type { Engine } from "..";
import { digest } from "./digest";
import { type Cell, type Checked, cellName, cellNow, factsOf } from "./part";
import { badProject, type Project, snapshotOf, uriOf } from "./project";
import { seen } from "./prove";
import { bootCompose } from "./start";

/** Several faults in one project, and how it boots once every finding is fixed. */
export interface FixProof extends Cell {
  readonly seed: number;
  /** The digest of the project before and after the fixes. A proof for other files proves nothing. */
  readonly digest: string;
  readonly date: string;
  /** The rules whose bad examples were combined. */
  readonly faults: readonly string[];
  readonly after: Seen;
}

const mending = "docker@28/v2";

/** How projects with several faults boot after their fixes. */
export const fixesPart: Checked<FixProof> = {
  name: "fixes",
  jobs: (cell) =>
    (cell === mending ? Array.from({ length: 50 }, (_, index) => index + 1) : []).map((seed) => ({
      title: titleOf(seed),
      work: (engine) => proveFixes(engine, seed),
    })),
  cellOf: cellName,
  titleOf: (row) => {
    const { project } = combine(row.seed);
    const { repaired } = repair(project, factsOf(row));
    return row.digest === digestOf(project, repaired) ? titleOf(row.seed) : undefined;
  },
  order: ({ seed }) => seed,
};

function titleOf(seed: number): string {
  return `faults of seed ${seed} after their fixes`;
}

function digestOf(project: Project, repaired: Project): string {
  return digest([project.files, repaired.files]);
}

/**
 * Boots a project with faults chosen by the seed, after the first fix of every finding is applied until none is left.
 */
async function proveFixes(
  engine: Engine,
  seed: number,
): Promise<{ proof: FixProof; contradictions: string[] }> {
  const { project, faults } = combine(seed);
  const cell = cellNow(engine);
  const { repaired, left } = repair(project, factsOf(cell));
  const booted = await bootCompose(engine, repaired, 252);
  const after = seen(booted);
  const contradictions = left.map((finding) => `left: ${finding.rule} ${format(finding.message)}`);
  if (after.state !== "running" || after.stopCode !== stopCodeOf(repaired)) {
    const shown = [JSON.stringify(after), booted.log.slice(-800), ...Object.values(repaired.files)];
    contradictions.push(`after the fixes of ${faults.join(", ")}: ${shown.join("\n")}`);
  }
  return { proof: { seed, faults, digest: digestOf(project, repaired), ...cell, after }, contradictions };
}

/** A privileged container is allowed to halt, which the kernel reports as SIGINT to its PID 1. */
function stopCodeOf({ files, path }: Project): number {
  return /^\s*privileged: true$/m.test(files[path] ?? "") ? 130 : 0;
}

/** The bad examples of rules with this subject, limited to those that Docker on this engine can run at all. */
function bad(subject: Rule["subject"], fits: (text: string, example: Example) => boolean) {
  return rules
    .filter((rule) => rule.subject === subject)
    .flatMap((rule) =>
      examplesOf(rule)
        .filter((example) => readMarks(example.source).marks.length > 0 && fits(example.source, example))
        .map((example) => ({ rule, example })),
    );
}

/**
 * Examples that are Dockerfiles with a printed fix and that copy only what the example contains. A unit whose program
 * is not installed is excluded, because it fails whatever is fixed.
 */
const images = bad(
  "image",
  (text, { fixed, files }) =>
    /^\s*FROM debian:1/m.test(text) &&
    fixed !== undefined &&
    (files !== undefined || !/^\s*COPY (?!<<)/m.test(text)) &&
    !/ExecStart=(?!\/(usr\/)?bin\/(sleep|true|sh|hostnamectl)\b)/.test(
      text + Object.values(files ?? {}).join("\n"),
    ),
);
/**
 * Examples that are services for Docker with a `build` key and that start no program that the image would have to
 * contain. A read-only root is excluded, because it is not known where the services of the Dockerfile write, and so
 * are several containers, because their names are set.
 */
const runs = bad(
  "run",
  (text, { target }) =>
    /^\s*build: \.$/m.test(text) &&
    !/\/usr\/local\/|read_only|replicas|scale/.test(text) &&
    target?.engine !== "podman",
);

/** A faulty Dockerfile, and a compose file whose service combines the faults of three examples. */
function combine(seed: number): { project: Project; faults: string[] } {
  const random = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const image = pick(images);
  const chosen = [pick(runs), pick(runs), pick(runs)];
  const merged = chosen
    .map(({ example }) => Object.values(parse(readMarks(example.source).text).services)[0] as Service)
    .reduce(merge);
  // A service that names a program is not meant to start the init that its image lacks.
  const { command: _, ...idle } = merged;
  const service = image.rule.id === "image-no-init" ? idle : merged;
  const volumes = named(service);
  const compose = { services: { web: service }, ...(volumes ? { volumes } : {}) };
  const { files } = badProject(image.rule, image.example);
  // Files that the examples read, such as variable files.
  const beside = chosen
    .flatMap(({ rule, example }) => Object.entries(badProject(rule, example).files))
    .filter(([path]) => path !== "Dockerfile" && path !== "compose.yaml");
  return {
    project: {
      path: "compose.yaml",
      files: { ...files, ...Object.fromEntries(beside), "compose.yaml": stringify(compose) },
    },
    faults: [...new Set([image.rule.id, ...chosen.map(({ rule }) => rule.id)])],
  };
}

type Service = Record<string, unknown>;

/** Lists are joined, with each path mounted only once. For other keys, the later value applies. */
function merge(one: Service, other: Service): Service {
  const merged = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const old = merged[key];
    merged[key] = Array.isArray(old) && Array.isArray(value) ? joined([...old, ...value]) : value;
  }
  return merged;
}

function joined(items: readonly unknown[]): unknown[] {
  const place = (item: unknown) =>
    String(item)
      .replace(/^[^:]*:(?=\/)/, "")
      .replace(/:.*/, "");
  return items.filter((item, index) => items.findIndex((other) => place(other) === place(item)) === index);
}

function named({ volumes }: Service): Record<string, null> | undefined {
  const names = (Array.isArray(volumes) ? volumes : []).flatMap(
    (item) => /^(\w[\w-]*):/.exec(String(item))?.[1] ?? [],
  );
  return names.length > 0 ? Object.fromEntries(names.map((name) => [name, null])) : undefined;
}

/**
 * Applies the first fix of every finding; conflicting fixes are left for the next round. `left` are the findings that
 * still have a fix at the end.
 */
function repair(project: Project, target: EngineFacts): { repaired: Project; left: Finding[] } {
  let { files } = project;
  for (let round = 0; round < 12; round++) {
    const edits: (Edit & { uri: string })[] = [];
    for (const [path, finding] of findingsOf({ ...project, files }, target)) {
      const own = (finding.fixes[0]?.edits ?? []).map((edit) => ({ ...edit, uri: edit.uri ?? uriOf(path) }));
      const clashes = own.some((edit) =>
        edits.some((other) => other.uri === edit.uri && conflict(edit, other)),
      );
      if (!clashes) edits.push(...own);
    }
    if (edits.length === 0) return { repaired: { ...project, files }, left: [] };
    files = edited(files, edits);
  }
  const left = findingsOf({ ...project, files }, target).map(([, finding]) => finding);
  return { repaired: { ...project, files }, left: left.filter(({ fixes }) => fixes.length > 0) };
}

/** The files after the edits, including those that the edits create. */
function edited(
  files: Project["files"],
  edits: readonly (Edit & { readonly uri: string })[],
): Project["files"] {
  const root = uriOf("");
  const paths = new Set([...Object.keys(files), ...edits.map(({ uri }) => uri.slice(root.length))]);
  return Object.fromEntries(
    Array.from(paths, (path) => [
      path,
      applyEdits(
        files[path] ?? "",
        edits.filter(({ uri }) => uri === uriOf(path)),
      ),
    ]),
  );
}

function findingsOf(project: Project, target: EngineFacts): [string, Finding][] {
  const snapshot = snapshotOf(project);
  return Object.entries(project.files).flatMap(([path, text]) =>
    /Dockerfile$|\.yaml$/.test(path)
      ? lint({ uri: uriOf(path), text, snapshot, settings: { rules: {}, target } }).findings.map(
          (finding): [string, Finding] => [path, finding],
        )
      : [],
  );
}

/** Returns numbers from 0 to 1 that depend only on the seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
