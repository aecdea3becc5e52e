import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Engine, engineNames, isSkipped, startEngine } from "..";
import { advicePart } from "./advice";
import { fixesPart } from "./fixes";
import { keptPart } from "./kept";
import { inParallel } from "./parallel";
import type { Part } from "./part";
import { plansPart } from "./plans";
import { bootsPart } from "./prove";
import { workloadsPart } from "./workloads";

/**
 * `npm run lab:all [-- PART… ENGINE…]`: boots what the named parts (by default, all parts) claim on the named engines
 * (by default, all engines of the lab), one engine after the other, prints the results, and writes them to
 * server/src/core/docs/evidence. A claim that a boot contradicts, or that could not be booted, is left out there and
 * makes the command fail. If an engine is not available, its earlier records are kept.
 */
const parts: readonly Part<unknown>[] = [
  bootsPart, // what the rules claim
  plansPart, // what the plan prints
  workloadsPart, // what services need
  advicePart, // what the web advises
  fixesPart, // how projects with several faults boot after their fixes
  keptPart, // whether what boots still boots after Fix All
];
const folder = join(import.meta.dirname, "../../../server/src/core/docs/evidence");
const named = process.argv.slice(2);
const partNames = parts.map(({ name }) => name);
const unknown = named.find((word) => !engineNames.includes(word) && !partNames.includes(word));
if (unknown) throw new Error(`${unknown} is neither a part nor an engine.`);
const ofThose = (all: readonly string[]) => {
  const some = all.filter((name) => named.includes(name));
  return some.length > 0 ? some : all;
};
const wanted = parts.filter(({ name }) => ofThose(partNames).includes(name));

/** The results of each part on the engines that completed, and the names of those engines. */
const proofs = new Map(wanted.map(({ name }) => [name, [] as unknown[]]));
const done = new Set<string>();
const failures: string[] = [];

for (const name of ofThose(engineNames)) {
  if (wanted.every((part) => part.jobs(name).length === 0)) continue;
  // An engine that terminated early, for whatever reason, has contradicted nothing, so it is tried once more.
  const outcome = (await session(name)) ?? (await session(name));
  if (!outcome) failures.push(`${name} terminated early, twice`);
  if (!outcome || outcome === "skipped") continue;
  done.add(name);
  failures.push(...outcome.failures);
  for (const [part, rows] of outcome.proofs) proofs.get(part)?.push(...rows);
  // Record after each engine, so that an interruption loses only the current engine's results.
  for (const part of wanted) await record(part);
}

for (const part of wanted) {
  if (part.text) for (const row of await recorded(part.name)) console.log(part.text(row));
}
for (const failure of failures) console.error(failure);
const counts = wanted.map(({ name }) => `${proofs.get(name)?.length ?? 0} ${name}`);
console.log(`proven: ${counts.join(", ")}; ${failures.length} failures`);
process.exitCode = failures.length === 0 ? 0 : 1;

interface Session {
  readonly proofs: Map<string, unknown[]>;
  readonly failures: string[];
}

/** Does all the work on that engine, if it is available; undefined if it terminated before the work was done. */
async function session(name: string): Promise<Session | "skipped" | undefined> {
  const began = Date.now();
  const engine = await startEngine(name).catch((error: Error) => error);
  if (engine instanceof Error || isSkipped(engine)) {
    console.log(engine instanceof Error ? engine.message : `skipped ${engine.skipped}`);
    return engine instanceof Error ? undefined : "skipped";
  }
  const found: Session = { proofs: new Map(), failures: [] };
  try {
    for (const part of wanted) found.proofs.set(part.name, await shown(part, name, engine, found.failures));
    if ((await engine.exec([engine.facts.engine, "info"])).code === 0) return found;
    console.log(`${name} terminated early: ${engine.log()}`);
    return undefined;
  } finally {
    await engine.stop();
    console.log(`${name} took ${Math.round((Date.now() - began) / 1000)} s`);
  }
}

/** The rows of a part on an engine. Anything that contradicts a claim or cannot be shown is a failure. */
async function shown(
  part: Part<unknown>,
  cell: string,
  engine: Engine,
  failed: string[],
): Promise<unknown[]> {
  const rows: unknown[] = [];
  await inParallel(part.jobs(cell), async ({ title, work }) => {
    const { proof, contradictions } = await work(engine).catch(({ message }: Error) => ({
      proof: undefined,
      contradictions: [message],
    }));
    const name = `${cell} ${part.name}: ${title}`;
    const verdict = contradictions.length > 0 ? "WRONG" : "shown";
    console.log([`${verdict} ${name}`, ...contradictions].join("\n      "));
    failed.push(...contradictions.map((text) => `${name}: ${text}`));
    if (proof && contradictions.length === 0) rows.push(proof);
  });
  return rows;
}

/** Writes the rows of a part, together with earlier rows for engines that did not complete this time. */
async function record(part: Part<unknown>): Promise<void> {
  const kept = (await recorded(part.name)).filter((row) => {
    const cell = part.cellOf(row);
    return cell !== undefined && !done.has(cell);
  });
  const rows = [...(proofs.get(part.name) ?? []), ...kept].sort((a, b) => part.order(a) - part.order(b));
  await writeFile(fileOf(part.name), `${JSON.stringify(rows, null, 2)}\n`);
}

async function recorded(part: string): Promise<unknown[]> {
  return JSON.parse(await readFile(fileOf(part), "utf8").catch(() => "[]"));
}

function fileOf(part: string): string {
  return join(folder, `${part}.json`);
}
