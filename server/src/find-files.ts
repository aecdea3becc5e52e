import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";

/** Directories that contain third-party packages, history or caches, but no files of the project itself. */
const foreign: ReadonlySet<string> = new Set([
  ...["node_modules", "vendor", ".git", ".hg", ".svn"],
  ...[".venv", "__pycache__", ".tox", ".terraform", ".gradle", ".cache"],
]);

/** How many directories are read concurrently. */
const mostAtOnce = 16;

/** How many directory entries are read without waiting; a directory with more counts as large. */
const fewEntries = 2_000;

/** A `.gitignore` file, and the directory to which its patterns are relative. */
interface Ignores {
  readonly below: string;
  readonly patterns: Ignore;
}

interface Directory {
  readonly path: string;
  /** The patterns of the directories above, nearest first. */
  readonly ignores: readonly Ignores[];
}

/**
 * Paths of the files below a directory that are `wanted`, always in the same order. Directories that git ignores are
 * left out, but individual ignored files are not, since override files are often ignored. Links to directories are
 * not followed, and unreadable directories are treated as absent. If there are many files, the search continues when
 * `large` resolves.
 */
export async function findFiles(
  root: string,
  wanted: (path: string) => boolean,
  large: () => Promise<void> = async () => {},
): Promise<string[]> {
  const found: string[] = [];
  let left = fewEntries;
  const open: Directory[] = [{ path: root, ignores: [] }];
  const read = async (directory: Directory) => {
    const entries = await entriesOf(directory.path);
    left -= entries.length;
    const ignores = entries.some(({ name }) => name === ".gitignore")
      ? await withOwn(directory)
      : directory.ignores;
    for (const entry of entries) {
      const path = join(directory.path, entry.name);
      if (!entry.isDirectory()) {
        if (wanted(path)) found.push(path);
      } else if (!foreign.has(entry.name) && !isIgnored(path, ignores)) open.push({ path, ignores });
    }
  };
  for (let next = open.splice(-mostAtOnce); next.length > 0; next = open.splice(-mostAtOnce)) {
    await Promise.all(next.map(read));
    if (left > 0) continue;
    await large();
    left = Number.POSITIVE_INFINITY;
  }
  return found.sort();
}

async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function withOwn({ path, ignores }: Directory): Promise<readonly Ignores[]> {
  try {
    const patterns = ignore().add(await readFile(join(path, ".gitignore"), "utf8"));
    return [{ below: path, patterns }, ...ignores];
  } catch {
    return ignores;
  }
}

/** Whether a directory is ignored. The nearest `.gitignore` with a matching pattern decides. */
function isIgnored(path: string, ignores: readonly Ignores[]): boolean {
  for (const { below, patterns } of ignores) {
    const { ignored, unignored } = patterns.test(`${path.slice(below.length + 1).replaceAll("\\", "/")}/`);
    if (ignored || unignored) return ignored;
  }
  return false;
}
