import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import { lint } from "../../server/src/core/lint/lint";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { noFiles } from "../core/no-files";
import { Corpus } from "../corpus/corpus";
import { firstByte } from "./first-byte";

// Prints figures, and judges nothing: times depend on the machine. Ratios within one run can be compared.
const root = join(import.meta.dirname, "../..");

async function main() {
  const folder = process.env.SYSTEMD_CONTAINERS_CORPUS;
  await initialize();
  const { cold, warm } = await firstByte(join(root, "client/out/engine.cjs"), 50);
  console.log(`palette to the engine's first byte, engine bundle not loaded: ${cold.toFixed(0)} ms`);
  print("palette to the engine's first byte, warm", warm);
  if (folder) lintCorpus(new Corpus(folder));
  else lintFolder(join(root, "examples"));
  scaling("compose file", composeOf, "compose.yaml");
  scaling("Dockerfile", dockerfileOf, "Dockerfile");
}

/** Start of the server to its answer to `initialize`. */
async function initialize() {
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const start = performance.now();
    const server = spawn(process.execPath, [join(root, "server/out/main.cjs"), "--stdio"]);
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.listen();
    await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
    times.push(performance.now() - start);
    connection.dispose();
    server.kill();
  }
  print("server answers initialize", times);
}

function lintFolder(folder: string) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size < 200_000);
  const once = () => files.map((path) => time(path, readFileSync(path, "utf8")));
  once();
  print(`lint of a file (${files.length} files of examples)`, once());
}

/**
 * Each file in the workspace that is its repository, as when it is typed in: its text is new each time. The least
 * of several turns counts, as other work on the machine only adds to it.
 */
function lintCorpus(corpus: Corpus) {
  const { files } = corpus;
  const least = files.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 1; turn <= 8; turn++) {
    for (const [index, file] of files.entries()) {
      const text = file.text + "\n".repeat(turn);
      const start = performance.now();
      corpus.lint(file, text);
      least[index] = Math.min(least[index] ?? 0, performance.now() - start);
    }
  }
  print(`lint of a file (${files.length} files of the corpus)`, least);
}

function scaling(what: string, make: (lines: number) => string, name: string) {
  const measure = (lines: number) => time(name, make(lines));
  measure(5_000);
  const short = measure(5_000);
  const long = measure(20_000);
  console.log(
    `${what} of 5,000 lines ${short.toFixed(0)} ms, of 20,000 lines ${long.toFixed(0)} ms: ratio ${(long / short).toFixed(1)}`,
  );
}

function time(path: string, text: string): number {
  const start = performance.now();
  lint({
    uri: URI.file(path).toString(),
    text,
    snapshot: noFiles,
    settings: defaultSettings,
  });
  return performance.now() - start;
}

function composeOf(lines: number): string {
  const service = (index: number) =>
    `  web${index}:\n    image: registry.example.com/web${index}\n    command: /sbin/init\n    init: true\n    tty: true\n`;
  return `services:\n${Array.from({ length: lines / 5 }, (_, index) => service(index)).join("")}`;
}

function dockerfileOf(lines: number): string {
  const runs = Array.from(
    { length: lines },
    (_, index) => `RUN echo ${index} && systemctl enable unit${index}`,
  );
  return `FROM debian:12\n${runs.join("\n")}\nCMD ["/sbin/init"]\n`;
}

function print(what: string, times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
  console.log(`${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`);
}

await main();
