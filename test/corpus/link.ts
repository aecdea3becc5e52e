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

/** A linked file can link on; no chain in a repository is longer. */
const maxRounds = 6;
const corpus = new Corpus(folder);
let copied = 0;
for (const file of corpus.files) {
  for (let round = 0; round < maxRounds; round++) {
    const found = [...corpus.lint(file).missed].filter((uri) => copy(uri, file.repository, file.name));
    if (found.length === 0) break;
    copied += found.length;
  }
}
console.log(`${copied} linked files copied`);

function copy(uri: string, repository: string, name: string): boolean {
  const target = linkedPath(folder, uri);
  const clone = gitDirectory(join(mirror, repository));
  if (!target || !clone || existsSync(target)) return false;
  const path = target.slice(join(folder, "linked", repository).length + 1);
  const args = ["--git-dir", clone, "cat-file", "blob", `${commits.get(name) ?? "HEAD"}:${path}`];
  const { status, stdout } = spawnSync("git", ["-c", "safe.directory=*", ...args]);
  if (status !== 0) return false;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, stdout);
  return true;
}

/** The git directory of a clone: bare or not, at most two folders down. */
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
