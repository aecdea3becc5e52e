import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { PreviousResultId } from "vscode-languageserver/node";
import { type Edit, type Server, startServer } from "../client";
import type { Row } from "../figures";
import { writePairs } from "../inputs";
import { ours, oursOnAll } from "../servers";

/** What the client knows about the files from earlier pulls. */
type Known = Map<string, PreviousResultId>;

/** CPU time of a pull of all files from a server that has just started. */
export async function workspacePulls(folder: string, rounds: number): Promise<Row[]> {
  const pull = async (pairs: number, most: number): Promise<Row> => {
    const workspace = join(folder, `pairs-${pairs}`);
    writePairs(workspace, pairs);
    const used: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const server = startServer(oursOnAll);
      await server.initialize(workspace);
      const before = server.cpu();
      const { items } = await server.pullWorkspace();
      used.push((server.cpu() - before) / 1_000);
      await server.kill();
      if (items.length !== 2 * pairs) throw new Error(`${items.length} of ${2 * pairs} files were linted`);
    }
    const count = pairs.toLocaleString("en");
    const what = `Workspace pull, ${count} Dockerfiles and ${count} Compose files`;
    return { what, measure: "CPU", unit: "s", ours: used, aim: { most } };
  };
  return [await pull(220, 2), await pull(1_000, 8)];
}

/** CPU time of a pull after a keystroke in one Compose file. */
export async function pullsAfterKeys(folder: string, rounds: number): Promise<Row[]> {
  const keys = 10;
  const { server, path } = await openFirst(join(folder, "pairs-after-key"), 220);
  const known: Known = new Map();
  await pull(server, known);
  const used: number[] = [];
  // The first round does not count, because code is compiled during it.
  for (let round = 0; round <= rounds; round++) {
    const before = server.cpu();
    for (let key = 0; key < keys; key++) {
      const pulled = pull(server, known);
      await server.change(path, lineBreak(key));
      await pulled;
    }
    if (round > 0) used.push((server.cpu() - before) / keys);
  }
  await server.kill();
  const what = "Workspace pull after a keystroke in a Compose file, 220 files of each kind";
  return [{ what, measure: "CPU", unit: "ms", ours: used, aim: { most: 50 } }];
}

/** CPU usage while a user types in a Compose file and the client requests all files again 2 s after each response. */
export async function typingInWorkspace(folder: string, rounds: number): Promise<Row[]> {
  const keys = 40;
  const pace = 150;
  const { server, path } = await openFirst(join(folder, "pairs-typing"), 200);
  const known: Known = new Map();
  await pull(server, known);
  let typing = true;
  const pulls = (async () => {
    while (typing) {
      await pull(server, known);
      await sleep(2_000);
    }
  })().catch(() => {});
  const used: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [before, from] = [server.cpu(), performance.now()];
    for (let key = 0; key < keys; key++) {
      const next = performance.now() + pace;
      await server.change(path, lineBreak(key));
      await sleep(Math.max(0, next - performance.now()));
    }
    if (round > 0) used.push((100 * (server.cpu() - before)) / (performance.now() - from));
  }
  typing = false;
  await server.kill();
  await Promise.race([pulls, sleep(3_000)]);
  const what = `${keys} keystrokes, ${pace} ms apart, in a Compose file beside 200 files of each kind, as a share of one core`;
  return [{ what, measure: "CPU", unit: "%", ours: used, aim: { most: 10 } }];
}

/** A server on a workspace of pairs of a Dockerfile and a Compose file, with the first Compose file open. */
async function openFirst(workspace: string, pairs: number): Promise<{ server: Server; path: string }> {
  const [directory = ""] = writePairs(workspace, pairs);
  const path = join(directory, "compose.yaml");
  const server = startServer(ours);
  await server.initialize(workspace);
  await server.open(path, ours.compose, readFileSync(path, "utf8"));
  return { server, path };
}

async function pull(server: Server, known: Known): Promise<void> {
  const { items } = await server.pullWorkspace([...known.values()]);
  for (const { uri, resultId } of items) if (resultId !== undefined) known.set(uri, { uri, value: resultId });
}

/** Alternately adds and removes an empty first line, which moves all findings. */
function lineBreak(key: number): Edit {
  const start = { line: 0, character: 0 };
  return key % 2 === 0
    ? { range: { start, end: start }, text: "\n" }
    : { range: { start, end: { line: 1, character: 0 } }, text: "" };
}
