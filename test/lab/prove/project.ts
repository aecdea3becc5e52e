import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Snapshot } from "../../../server/src/core/base/snapshot";
import { applyEdits } from "../../../server/src/core/base/text";
import { dedent } from "../../../server/src/core/docs/page";
import type { Example } from "../../../server/src/core/lint/example";
import type { Rule } from "../../../server/src/core/lint/rule";
import { exampleProject, lintExample, pathOf, readMarks } from "../../core/example";

/** The small project of an example: its files by path, and the one that the example is about. */
export interface Project {
  readonly path: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The project with the fault. */
export function badProject(rule: Rule, example: Example): Project {
  const path = pathOf(rule, example);
  return { path, files: { ...texts(example.files), [path]: readMarks(example.source).text } };
}

/**
 * The project after the fix. If an example does not print the fixed file, its first fix is applied. Undefined if
 * there is no fix, because the fault is not in these files.
 */
export function fixedProject(rule: Rule, example: Example): Project | undefined {
  const bad = badProject(rule, example);
  const { path, files } = bad;
  if (example.fixed !== undefined) {
    return { path, files: { ...files, ...texts(example.fixedFiles), [path]: dedent(example.fixed) } };
  }
  const text = files[path] ?? "";
  const { findings } = lintExample(rule, example, text, [rule]);
  const { uri } = exampleProject(rule, example, text);
  const edits = findings
    .flatMap(({ fixes }) => fixes[0]?.edits ?? [])
    .filter((edit) => (edit.uri ?? uri) === uri);
  return edits.length > 0 ? { path, files: { ...files, [path]: applyEdits(text, edits) } } : undefined;
}

function texts(files: Example["files"] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, dedent(text)]));
}

export function uriOf(path: string): string {
  return `file:///example/${path}`;
}

/** The snapshot of the files that the core receives. */
export function snapshotOf({ files }: Project): Snapshot {
  const paths = Object.keys(files);
  return {
    runFiles: paths.filter((path) => path.endsWith(".yaml")).map(uriOf),
    read: (uri) => paths.filter((path) => uriOf(path) === uri).map((path) => files[path])[0],
  };
}

/** Writes the project to a separate directory, which is removed when the work is done. */
export async function inFolder<T>({ files }: Project, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-proof-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
