import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "./figures";
import { growth, growthOf } from "./growth";
import { commandLine, commandLineOnCorpus } from "./measures/cli";
import {
  keysInCompose,
  keysInDockerfile,
  keysInLongDockerfile,
  keysInPlainDockerfile,
  keysInPlainMarkdown,
} from "./measures/keys";
import { completion, lensesAndHints } from "./measures/language";
import { memory } from "./measures/memory";
import { palette } from "./measures/palette";
import { starts, startsAmongOthers } from "./measures/start";
import { pullsAfterKeys, typingInWorkspace, workspacePulls } from "./measures/workspace";
import { buildMinified, root } from "./paths";
import { installPeers } from "./peers";
import { machine, page, table } from "./report";
import { record, smoke } from "./smoke";

// npm run bench                 all rows, side by side with the peers; writes docs/benchmarks.md
// npm run bench -- GROUP…       only these rows; writes nothing
// npm run bench -- growth       how lint grows with the length of a file; with a name of shapes.ts, that shape alone
// npm run bench -- smoke        a minute of it; fails where a ratio is worse than the one in smoke.json
// npm run bench -- smoke record writes the ratios to smoke.json
//
// SYSTEMD_CONTAINERS_CORPUS names a directory of real Dockerfiles and Compose files. Linux only.

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
  keys: [keysInPlainDockerfile, keysInPlainMarkdown, keysInDockerfile, keysInLongDockerfile, keysInCompose],
  start: [starts, startsAmongOthers],
  memory: [memory],
  cli: [commandLine, onCorpus],
  workspace: [workspacePulls, pullsAfterKeys, typingInWorkspace],
  palette: [palette],
  language: [completion, lensesAndHints],
};

async function bench(names: readonly string[], folder: string): Promise<void> {
  const measures = (names.length > 0 ? names : Object.keys(groups)).flatMap((name) => groups[name] ?? []);
  const rows: Row[] = [];
  for (const measure of measures) {
    const measured = await measure(folder, rounds);
    console.log(table(measured));
    rows.push(...measured);
  }
  if (names.length === 0) writeFileSync(join(root, "docs/benchmarks.md"), page(rows, rounds));
}

/** Builds what is measured, and gives a directory for its files as long as it is measured. */
async function prepared(measure: (folder: string) => Promise<void>): Promise<void> {
  installPeers();
  buildMinified();
  console.log(machine());
  const folder = mkdtempSync(join(tmpdir(), "systemd-containers-bench-"));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [name = "", argument] = process.argv.slice(2);
if (name === "growth" && argument) growthOf(argument);
else if (name === "growth") await growth();
else if (name === "smoke" && argument === "record") await prepared(record);
else if (name === "smoke")
  await prepared(async (folder) => {
    if (!(await smoke(folder))) process.exitCode = 1;
  });
else {
  const names = process.argv.slice(2);
  const unknown = names.find((each) => !(each in groups));
  if (unknown) throw new Error(`There is no ${unknown}: growth, smoke, ${Object.keys(groups).join(", ")}`);
  await prepared((folder) => bench(names, folder));
}
