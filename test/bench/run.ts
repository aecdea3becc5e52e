import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "./figures";
import { growth, growthOf } from "./growth";
import { commandLine, commandLineOnCorpus } from "./measures/cli";
import { keysInCompose, keysInDockerfile, keysInLongDockerfile } from "./measures/keys";
import { memory } from "./measures/memory";
import { palette } from "./measures/palette";
import { starts, startsAmongOthers } from "./measures/start";
import { pullsAfterKeys, typingInWorkspace, workspacePulls } from "./measures/workspace";
import { buildMinified, root } from "./paths";
import { installPeers } from "./peers";
import { machine, page, table } from "./report";

// npm run bench                 all rows, side by side with the peers; writes docs/benchmarks.md
// npm run bench -- GROUP…       only these rows; writes nothing
// npm run bench -- growth       how lint grows with the length of a file; with a name of shapes.ts, that shape alone
// npm run bench -- smoke        a minute of it, against recorded ratios
//
// SYSTEMD_CONTAINERS_CORPUS names a directory of real Dockerfiles and compose files. Linux only.

/** So often each figure is measured. */
const rounds = 7;

type Measure = (folder: string, rounds: number) => Promise<Row[]>;

const onCorpus: Measure = async (_, rounds) => {
  const corpus = process.env.SYSTEMD_CONTAINERS_CORPUS;
  if (corpus) return commandLineOnCorpus(corpus, rounds);
  console.log("SYSTEMD_CONTAINERS_CORPUS names no directory: the rows of real files are left out.");
  return [];
};

const groups: Readonly<Record<string, readonly Measure[]>> = {
  keys: [keysInDockerfile, keysInLongDockerfile, keysInCompose],
  start: [starts, startsAmongOthers],
  memory: [memory],
  cli: [commandLine, onCorpus],
  workspace: [workspacePulls, pullsAfterKeys, typingInWorkspace],
  palette: [palette],
};

async function bench(names: readonly string[]): Promise<void> {
  const measures = (names.length > 0 ? names : Object.keys(groups)).flatMap((name) => {
    const group = groups[name];
    if (!group) throw new Error(`There is no ${name}: growth, smoke, ${Object.keys(groups).join(", ")}`);
    return group;
  });
  installPeers();
  buildMinified();
  console.log(machine());
  const folder = mkdtempSync(join(tmpdir(), "systemd-containers-bench-"));
  const rows: Row[] = [];
  try {
    for (const measure of measures) {
      const measured = await measure(folder, rounds);
      console.log(table(measured));
      rows.push(...measured);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (names.length > 0) return;
  writeFileSync(join(root, "docs/benchmarks.md"), page(rows, rounds));
}

const [command, ...rest] = process.argv.slice(2);
if (command !== "growth") await bench(process.argv.slice(2));
else if (rest[0]) growthOf(rest[0]);
else await growth();
