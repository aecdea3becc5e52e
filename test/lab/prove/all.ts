import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digestOf, type Proof } from "../../../server/src/core/evidence/proofs";
import { type Engine, engineNames, isSkipped, startEngine } from "..";
import { inParallel } from "./parallel";
import { allCases, prove } from "./prove";

/**
 * Boots every claim on every engine it is made for, one engine after the other, prints what was seen and
 * writes it to server/src/core/evidence. A claim that a boot contradicts, or that could not be booted, is
 * left out there and fails the run; where an engine can't be had here, what was recorded of it stays.
 */
const folder = join(import.meta.dirname, "../../../server/src/core/evidence");
const failures: string[] = [];
const cases = allCases();
const proofs: Proof[] = [];
const missing: string[] = [];

for (const name of engineNames) {
  if (!cases.some(({ cells }) => cells.includes(name))) continue;
  const engine = await startEngine(name);
  if (isSkipped(engine)) {
    console.log(`skipped: ${engine.skipped}`);
    missing.push(name);
    continue;
  }
  try {
    await proveBoots(engine, name);
  } finally {
    await engine.stop();
  }
}

async function proveBoots(engine: Engine, name: string): Promise<void> {
  const here = cases.filter(({ cells }) => cells.includes(name));
  await inParallel(here, async (one) => {
    const title = `${one.rule.id}: ${one.example.says}`;
    try {
      const { proof, contradictions } = await prove(engine, one);
      console.log(`${contradictions.length === 0 ? "proven" : "WRONG "} ${name} ${title}`);
      failures.push(...contradictions.map((text) => `${name} ${title} ${text}`));
      if (contradictions.length === 0) proofs.push(proof);
    } catch (error) {
      failures.push(`${name} ${title} ${(error as Error).message}`);
    }
  });
}

await writeProofs();
for (const failure of failures) console.error(failure);
console.log(`${proofs.length} claims proven, ${failures.length} failures`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function writeProofs(): Promise<void> {
  const file = join(folder, "boots.json");
  const earlier: Proof[] = JSON.parse(await readFile(file, "utf8"));
  const rows = cases.flatMap(({ rule, example, cells }) => {
    const digest = digestOf(example);
    const own = (proof: Proof) => proof.rule === rule.id && proof.digest === digest;
    const kept = cells.some((cell) => missing.includes(cell)) ? earlier.filter(own) : [];
    const now = proofs.filter(own);
    return [...now, ...kept.filter((old) => !now.some((one) => one.version === old.version))];
  });
  await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
}
