import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Corpus, linkedPath, readTable } from "./corpus";

// npx tsx test/corpus/link.ts MANIFEST MIRROR CORPUS
//
// Copies what the files of a corpus link to (Dockerfiles, entry scripts, units) out of git clones
// (MIRROR/OWNER+NAME/…) into CORPUS/linked, as an editor would find them in the workspace.

const [manifest = "", mirror = "", folder = ""] = process.argv.slice(2);
const commits = new Map(
  readTable(readFileSync(manifest, "utf8")).map(({ file = "", commit = "" }) => [file, commit]),
);

const tried = new Set<string>();
let copied = 0;
// A linked file can link on: what was copied is read in the next round.
for (let before = -1; before < copied; ) {
  before = copied;
  const corpus = new Corpus(folder);
  for (const file of corpus.files) {
    for (const uri of corpus.lint(file).missed) if (copy(uri, file.repository, file.name)) copied++;
  }
}
console.log(`${copied} linked files copied`);

function copy(uri: string, repository: string, name: string): boolean {
  const target = linkedPath(folder, uri);
  const clone = gitDirectory(join(mirror, repository));
  if (!target || !clone || tried.has(target)) return false;
  tried.add(target);
  const path = target.slice(join(folder, "linked", repository).length + 1);
  const args = ["--git-dir", clone, "cat-file", "blob", `${commits.get(name) ?? "HEAD"}:${path}`];
  const { status, stdout } = spawnSync("git", ["-c", "safe.directory=*", ...args]);
  if (status !== 0) return false;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, stdout);
  return true;
}

/** The git directory of a clone: bare or not, at most two directories down. */
function gitDirectory(folder: string, depth = 2): string | undefined {
  if (!existsSync(folder)) return undefined;
  if (existsSync(join(folder, "HEAD")) && existsSync(join(folder, "objects"))) return folder;
  if (depth === 0) return undefined;
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of inside) {
    const found = gitDirectory(join(folder, name), depth - 1);
    if (found) return found;
  }
  return undefined;
}
