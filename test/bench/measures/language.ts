import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Edit, type Server, startServer } from "../client";
import { quantile, type Row } from "../figures";
import { dockerfileOf, typedLine } from "../inputs";
import { oursWithHints } from "../servers";

const open = 50;
const lines = 60;
const keys = 40;
const files = `${lines}-line Dockerfile, ${open} files open`;

/** What an editor requests at each keystroke besides diagnostics; throws if a response is empty. */
type Beside = (server: Server, path: string) => Promise<void>;

/** Completion at each keystroke. */
export const completion = (folder: string, rounds: number): Promise<Row[]> =>
  beside("Completion", join(folder, "completion"), rounds, async (server, path) => {
    const position = { line: 5, character: "STOPSIGNAL ".length };
    answered(await server.ask(path, "textDocument/completion", { position }));
  });

/** The code lenses and inlay hints of the file at each keystroke. */
export const lensesAndHints = (folder: string, rounds: number): Promise<Row[]> =>
  beside("Lenses and hints", join(folder, "lenses"), rounds, async (server, path) => {
    const range = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };
    const both = [
      server.ask(path, "textDocument/codeLens"),
      server.ask(path, "textDocument/inlayHint", { range }),
    ];
    for (const answer of await Promise.all(both)) answered(answer);
  });

function answered(answer: unknown): void {
  if (!Array.isArray(answer) || answer.length === 0) throw new Error("The response is empty.");
}

/**
 * What requests cost in addition to the diagnostics of a keystroke, and how long they delay the diagnostics. Two
 * servers take turns.
 */
async function beside(name: string, folder: string, rounds: number, ask: Beside): Promise<Row[]> {
  const [alone, with_] = [await opened(join(folder, "alone")), await opened(join(folder, "with"))];
  const plain = { cpu: [] as number[], p95: [] as number[] };
  const asking = { cpu: [] as number[], p95: [] as number[] };
  // The first round does not count, because code is compiled during it.
  for (let round = 0; round <= rounds; round++) {
    const one = await typed(alone, async () => {});
    const other = await typed(with_, ask);
    if (round === 0) continue;
    plain.cpu.push(one.cpu);
    plain.p95.push(one.p95);
    asking.cpu.push(Math.max(0, other.cpu - one.cpu));
    asking.p95.push(other.p95);
  }
  await Promise.all([alone.server.kill(), with_.server.kill()]);
  const peers = (figures: readonly number[]) => [{ name: "diagnostics for the same keystroke", figures }];
  return [
    {
      ...{ what: `${name} per keystroke, ${files}`, measure: "CPU", unit: "ms" },
      ...{ ours: asking.cpu, peers: peers(plain.cpu), aim: { ratio: 1 } },
    },
    {
      ...{
        what: `Diagnostics of a keystroke with ${name.toLowerCase()}, ${files}, p95`,
        measure: "time",
        unit: "ms",
      },
      ...{ ours: asking.p95, peers: [{ name: "without", figures: plain.p95 }], aim: { more: 2 } },
    },
  ];
}

/** A server with the files open. */
async function opened(folder: string): Promise<{ readonly server: Server; readonly path: string }> {
  const text = dockerfileOf(lines);
  const paths = Array.from({ length: open }, (_, index) => join(folder, String(index), "Dockerfile"));
  for (const path of paths) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  }
  const server = startServer(oursWithHints);
  await server.initialize(folder);
  for (const path of paths) await server.open(path, "dockerfile", text);
  return { server, path: paths[0] ?? "" };
}

/** Types keys, each with the requests that accompany its diagnostics. */
async function typed({ server, path }: Awaited<ReturnType<typeof opened>>, ask: Beside) {
  const line = dockerfileOf(lines).split("\n").indexOf(typedLine);
  const times: number[] = [];
  const before = server.cpu();
  for (let key = 0; key < keys; key++) {
    const diagnosed = server.change(path, keyAt(line, key));
    const [time] = await Promise.all([diagnosed, ask(server, path)]);
    times.push(time);
  }
  await sleep(100);
  return { cpu: (server.cpu() - before) / keys, p95: quantile(times, 0.95) };
}

/** Alternately adds and removes a character. */
function keyAt(line: number, key: number): Edit {
  const start = { line, character: typedLine.length };
  return key % 2 === 0
    ? { range: { start, end: start }, text: "a" }
    : { range: { start, end: { line, character: start.character + 1 } }, text: "" };
}
