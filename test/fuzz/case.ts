import { applyEdits, type Edit } from "../../server/src/core/base/text";
import type { EngineFacts, Target } from "../../server/src/core/engine";
import type { LintInput } from "../../server/src/core/lint/lint";
import { readCompose } from "../../server/src/core/surfaces/compose/read";
import { isRunFile } from "../../server/src/core/surfaces/files";

/** One input of the fuzzer: a file in its small project, or a log. */
export interface Case {
  readonly kind: "dockerfile" | "compose" | "log";
  readonly text: string;
  /** The file's path in the project; `Dockerfile` or `compose.yaml` when absent. */
  readonly path?: string;
  /** The other files of the project by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The engine that is stated. */
  readonly target?: EngineFacts;
  /** How the container of a log ended. */
  readonly exitCode?: number;
}

const root = "file:///project/";

/** The URI of a path of the project. */
export function uriOf(path: string): string {
  return new URL(path, root).href;
}

/** The URI of the file that a case judges. */
export function ownUri({ kind, path }: Case): string {
  return uriOf(path ?? (kind === "dockerfile" ? "Dockerfile" : "compose.yaml"));
}

/** What `lint` and `fixAll` get for a file; `reversed` lists the files of the project backwards. */
export function inputOf(input: Case, reversed = false): LintInput {
  const uri = ownUri(input);
  const texts = new Map(Object.entries(input.files ?? {}).map(([path, text]) => [uriOf(path), text]));
  texts.set(uri, input.text);
  const runFiles = [...texts.keys()].filter(isRunFile).sort();
  if (reversed) runFiles.reverse();
  return {
    uri,
    text: input.text,
    kind: input.kind === "log" ? undefined : input.kind,
    snapshot: { runFiles, read: (asked) => texts.get(asked) },
    settings: { rules: {}, target: input.target },
  };
}

/** What compose reads of a case: its services, each with what it starts. Extended ones are read from its files. */
export function servicesOf(input: Case) {
  const { uri, text, snapshot } = inputOf(input);
  return readCompose(uri, text, snapshot.read).containers;
}

/** The case after edits that is separate file and of others. */
export function edited(input: Case, edits: readonly (Edit & { readonly uri?: string })[]): Case {
  const own = ownUri(input);
  const of = (uri: string) => edits.filter((edit) => (edit.uri ?? own) === uri);
  const files: Record<string, string> = { ...input.files };
  for (const uri of new Set(edits.map((edit) => edit.uri ?? own))) {
    if (uri === own || !uri.startsWith(root)) continue;
    const path = uri.slice(root.length);
    files[path] = applyEdits(files[path] ?? "", of(uri));
  }
  return { ...input, text: applyEdits(input.text, of(own)), files };
}

/** Engines that differ in what they take; the first is not stated. */
export const targets: readonly Target[] = [
  undefined,
  { engine: "docker", version: "28.5", cgroupVersion: 2 },
  { engine: "docker", version: "20.10", cgroupVersion: 1 },
  { engine: "docker", version: "26.1", cgroupVersion: 2, appArmor: true },
  { engine: "docker", version: "28.5", cgroupVersion: 2, rootless: true },
  { engine: "docker", version: "28.5", cgroupVersion: 2, usernsRemap: true },
  { engine: "docker" },
  { engine: "podman", version: "5.8", cgroupVersion: 2 },
  { engine: "podman", rootless: true, seLinux: true },
];
