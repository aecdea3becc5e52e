import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Edit, startServer } from "./client";
import { quantile } from "./figures";
import { dockerfileOf } from "./inputs";
import type { ServerKind } from "./servers";

/** A document in which keys are typed. */
export interface Typing {
  readonly name: "Dockerfile" | "compose.yaml" | "README.md";
  readonly text: string;
  /** The line at whose end is typed; of several such lines the middle one. */
  readonly line: string;
  /** What is typed, again and again; its number makes each text a new one. */
  words(count: number): string;
}

/** A server, and how many keys a round are typed with it. */
export type Typist = readonly [kind: ServerKind, keys: number];

/** The figures of one server: for each round the CPU time and the time until the diagnostics are there, of a key. */
export interface Typed {
  readonly name: string;
  /** Milliseconds. */
  readonly cpu: number[];
  readonly p50: number[];
  readonly p95: number[];
}

function languageOf({ name }: Typing, kind: ServerKind): string {
  if (name === "compose.yaml") return kind.compose;
  return name === "README.md" ? "markdown" : "dockerfile";
}

/** Types into servers that take turns at each key. The first round, which compiles them, does not count. */
export async function typeIn(
  typing: Typing,
  typists: readonly Typist[],
  folder: string,
  rounds: number,
): Promise<Typed[]> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Dockerfile"), dockerfileOf(60));
  const path = join(folder, typing.name);
  writeFileSync(path, typing.text);
  const all = await Promise.all(
    typists.map(async ([kind, keys]) => {
      const server = startServer(kind);
      await server.initialize(folder);
      await server.open(path, languageOf(typing, kind), typing.text);
      const typed: Typed = { name: kind.name, cpu: [], p50: [], p95: [] };
      return { server, keys, edits: keysOf(typing), typed };
    }),
  );
  const most = Math.max(...typists.map(([, keys]) => keys));
  for (let round = 0; round <= rounds; round++) {
    const before = all.map(({ server }) => server.cpu());
    const times = all.map((): number[] => []);
    for (let key = 0; key < most; key++)
      for (const [index, { server, keys, edits }] of all.entries())
        if (key < keys) times[index]?.push(await server.change(path, edits.next().value));
    // What is left to do after the last answer counts.
    await sleep(100);
    for (const [index, { server, keys, typed }] of all.entries()) {
      if (round === 0) continue;
      typed.cpu.push((server.cpu() - (before[index] ?? 0)) / keys);
      typed.p50.push(quantile(times[index] ?? [], 0.5));
      typed.p95.push(quantile(times[index] ?? [], 0.95));
    }
  }
  await Promise.all(all.map(({ server }) => server.kill()));
  return all.map(({ typed }) => typed);
}

/** Words a character at a time, which are then deleted at once, so that the document stays as long as it is. */
function* keysOf({ text, line: wanted, words }: Typing): Generator<Edit, never> {
  const lines = text.split("\n").flatMap((line, index) => (line === wanted ? [index] : []));
  const line = lines[Math.floor(lines.length / 2)] ?? 0;
  const start = { line, character: wanted.length };
  for (let count = 0; ; count++) {
    let character = wanted.length;
    for (const text of words(count)) {
      const at = { line, character };
      yield { range: { start: at, end: at }, text };
      character++;
    }
    yield { range: { start, end: { line, character } }, text: "" };
  }
}
