import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dockerfilesBelow } from "../corpus";
import type { Row } from "../figures";
import { dockerfileOf } from "../inputs";
import { bundles } from "../paths";
import { peerFile } from "../peers";
import { runNode } from "../process";

const lint = [bundles.cli, "lint", "--fail-level", "never"];
/** Some real files cannot be built, which is an error; the others are linted all the same. */
const codes = [0, 2];
const name = "dockerfile-utils";
const validateAll = [join(import.meta.dirname, "../validate-all.cjs"), peerFile(name, "lib/main.js")];

/** The command line on a hundred Dockerfiles. */
export async function commandLine(folder: string, rounds: number): Promise<Row[]> {
  const paths = Array.from({ length: 100 }, (_, index) => {
    const directory = join(folder, "cli", String(index));
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "Dockerfile"), `${dockerfileOf(60)}# ${index}\n`);
    return join(directory, "Dockerfile");
  });
  return [await perDockerfile("Command line, 100 Dockerfiles of 60 lines", paths, rounds)];
}

/** The command line on real files. */
export async function commandLineOnCorpus(corpus: string, rounds: number): Promise<Row[]> {
  const paths = dockerfilesBelow(corpus);
  const { output } = await runNode([...lint, "--format", "json", corpus], codes);
  const { filesChecked } = JSON.parse(output) as { filesChecked: number };
  const whole: number[] = [];
  for (let round = 0; round < rounds; round++)
    whole.push((await runNode([...lint, corpus], codes)).cpu / filesChecked);
  return [
    await perDockerfile(`Command line, ${count(paths.length)} real Dockerfiles`, paths, rounds),
    {
      what: `Command line, ${count(filesChecked)} real files in their directories, per file`,
      measure: "CPU",
      unit: "ms",
      ours: whole,
      aim: { most: 2.3 },
    },
  ];
}

async function perDockerfile(what: string, paths: readonly string[], rounds: number): Promise<Row> {
  const own: number[] = [];
  const other: number[] = [];
  for (let round = 0; round < rounds; round++) {
    own.push((await runNode([...lint, ...paths], codes)).cpu / paths.length);
    other.push((await runNode([...validateAll, ...paths])).cpu / paths.length);
  }
  return {
    what: `${what}, per file`,
    measure: "CPU",
    unit: "ms",
    ours: own,
    peers: [{ name, figures: other }],
    aim: { ratio: 1 },
  };
}

function count(files: number): string {
  return files.toLocaleString("en");
}
