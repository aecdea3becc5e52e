import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digestOf, type Proof, seenText } from "../../../server/src/core/evidence/proofs";
import { type Engine, engineNames, isSkipped, startEngine } from "..";
import { type Advice, adviceCells, recipes, tryRecipe } from "./advice";
import { type FixProof, proveFixes } from "./fixes";
import { inParallel } from "./parallel";
import { type PlanProof, provePlan, systemds } from "./plans";
import { allCases, prove } from "./prove";

/**
 * `npm run lab:all [-- PART… ENGINE…]`: on every engine of the lab (or those that are named), one after the
 * other, boots what the rules claim (boots), what the plan prints (plans), what the web advises (advice) and
 * what several faults at once become by their fixes (fixes), or those parts that are named; prints what was
 * seen and writes it to server/src/core/evidence. What a boot contradicts, or what could not be booted, is left
 * out there and fails the run. Where an engine can't be had, what was recorded of it stays.
 */
const folder = join(import.meta.dirname, "../../../server/src/core/evidence");
const named = process.argv.slice(2);
const unknown = named.find((word) => ![...engineNames, "boots", "plans", "advice", "fixes"].includes(word));
if (unknown) throw new Error(`There is no part and no engine ${unknown}.`);
const namesPart = named.some((word) => !engineNames.includes(word));
const namesEngine = named.some((word) => engineNames.includes(word));
const wanted = (part: string) => !namesPart || named.includes(part);
const failures: string[] = [];
const missing = new Set<string>();

const cases = wanted("boots") ? allCases() : [];
const proofs: Proof[] = [];
const planCells = wanted("plans") ? engineNames.filter((name) => name !== "podman@5/v1") : [];
const plans: PlanProof[] = [];
const tries = wanted("advice") ? adviceCells : [];
const advice: Advice[] = recipes.map(({ advice, rule, notMeasured }) => ({
  advice,
  rule,
  notMeasured,
  seen: {},
}));
const seeds = wanted("fixes") ? Array.from({ length: 50 }, (_, index) => index + 1) : [];
const fixes: FixProof[] = [];
const mending = "docker@28/v2";

for (const name of engineNames) {
  const asked =
    cases.some(({ cells }) => cells.includes(name)) ||
    planCells.includes(name) ||
    tries.includes(name) ||
    (name === mending && seeds.length > 0);
  if (!asked) continue;
  if (namesEngine && !named.includes(name)) {
    missing.add(name);
    continue;
  }
  // An engine that ended in between, by whatever hand, has contradicted nothing: it is tried once more.
  let end = await session(name);
  if (end === "ended") end = await session(name);
  if (end === "ended") failures.push(`${name} ended before its time, twice`);
  if (end !== "done") missing.add(name);
}

/** Boots all that is for that engine, if it can be had; of one that ended before the work did nothing counts. */
async function session(name: string): Promise<"done" | "skipped" | "ended"> {
  const engine = await startEngine(name).catch((error: Error) => error);
  if (engine instanceof Error || isSkipped(engine)) {
    console.log(engine instanceof Error ? engine.message : `skipped ${engine.skipped}`);
    return engine instanceof Error ? "ended" : "skipped";
  }
  const results: unknown[][] = [failures, proofs, plans, fixes];
  const lengths = results.map(({ length }) => length);
  try {
    await inParallel(
      cases.filter(({ cells }) => cells.includes(name)),
      (one) => attempt(`${name} ${one.rule.id}: ${one.example.says}`, () => proveBoot(engine, one)),
    );
    await inParallel(planCells.includes(name) ? systemds : [], (systemd) =>
      attempt(`${name} plan for systemd ${systemd}`, () => provePlanOf(engine, systemd)),
    );
    await inParallel(tries.includes(name) ? recipes : [], (recipe) =>
      attempt(`${name} ${recipe.advice}`, () => tryAdvice(engine, name, recipe)),
    );
    await inParallel(name === mending ? seeds : [], (seed) =>
      attempt(`${name} faults of seed ${seed} after their fixes`, () => proveMend(engine, seed)),
    );
    const { code } = await engine.exec([engine.facts.engine, "info"]);
    if (code === 0) return "done";
    console.log(`${name} ended before its time`);
    for (const [index, list] of results.entries()) list.length = lengths[index] ?? 0;
    return "ended";
  } finally {
    await engine.stop();
  }
}

if (wanted("boots")) await writeProofs();
if (wanted("plans")) await writePlans();
if (wanted("advice")) await writeAdvice();
if (seeds.length > 0 && !missing.has(mending))
  await record(
    "fixes.json",
    fixes.sort((a, b) => a.seed - b.seed),
  );
for (const failure of failures) console.error(failure);
console.log(
  `${proofs.length} claims, ${plans.length} plans and ${fixes.length} repairs proven, ${failures.length} failures`,
);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Work hands back what contradicts the claim. */
async function attempt(title: string, work: () => Promise<readonly string[]>): Promise<void> {
  const wrong = await work().catch((error: Error) => [error.message]);
  console.log([`${wrong.length === 0 ? "shown" : "WRONG"} ${title}`, ...wrong].join("\n      "));
  failures.push(...wrong.map((text) => `${title}: ${text}`));
}

async function proveBoot(engine: Engine, one: (typeof cases)[number]): Promise<readonly string[]> {
  const { proof, contradictions } = await prove(engine, one);
  if (contradictions.length === 0) proofs.push(proof);
  return contradictions;
}

async function provePlanOf(engine: Engine, systemd: number): Promise<readonly string[]> {
  const { proof, contradictions } = await provePlan(engine, systemd);
  if (contradictions.length === 0) plans.push(proof);
  return contradictions;
}

async function proveMend(engine: Engine, seed: number): Promise<readonly string[]> {
  const { proof, contradictions } = await proveFixes(engine, seed);
  if (contradictions.length === 0) fixes.push(proof);
  return contradictions;
}

async function tryAdvice(
  engine: Engine,
  name: string,
  recipe: (typeof recipes)[number],
): Promise<readonly string[]> {
  const seen = await tryRecipe(engine, recipe);
  const row = advice.find((one) => one.advice === recipe.advice);
  if (seen && row) row.seen = { ...row.seen, [name]: seen };
  return [];
}

async function writeProofs(): Promise<void> {
  const earlier = await recorded<Proof>("boots.json");
  const rows = cases.flatMap(({ rule, example, cells }) => {
    const digest = digestOf(example);
    const own = (proof: Proof) => proof.rule === rule.id && proof.digest === digest;
    const kept = cells.some((cell) => missing.has(cell)) ? earlier.filter(own) : [];
    const now = proofs.filter(own);
    return [...now, ...kept.filter((old) => !now.some((one) => one.version === old.version))];
  });
  await record("boots.json", rows);
}

async function writePlans(): Promise<void> {
  const isOf = (name: string) => (row: PlanProof) =>
    `${row.engine}@${row.version.split(".")[0]}/v${row.cgroupVersion}` === name;
  const earlier = await recorded<PlanProof>("plans.json");
  const rows = planCells
    .flatMap((name) => [
      ...plans.filter(isOf(name)),
      ...(missing.has(name) ? earlier.filter(isOf(name)) : []),
    ])
    .sort(
      (a, b) =>
        planCells.findIndex((name) => isOf(name)(a)) - planCells.findIndex((name) => isOf(name)(b)) ||
        a.systemd - b.systemd,
    );
  await record("plans.json", rows);
  for (const { engine, version, cgroupVersion, systemd, refused, boots, without } of rows) {
    console.log(
      `${engine} ${version} · cgroup v${cgroupVersion} · systemd ${systemd}${refused ? `: refused. ${refused}` : ""}`,
    );
    for (const [name, seen] of Object.entries(boots)) console.log(`  ${name.padEnd(24)} ${seenText(seen)}`);
    for (const [id, seen] of Object.entries(without))
      console.log(`  without ${id.padEnd(16)} ${seenText(seen)}`);
  }
}

async function writeAdvice(): Promise<void> {
  const earlier = await recorded<Advice>("advice.json");
  const rows = advice.map((row) => {
    const old = earlier.find((one) => one.advice === row.advice)?.seen ?? {};
    const kept = Object.entries(old).filter(([name]) => missing.has(name));
    return { ...row, seen: { ...Object.fromEntries(kept), ...row.seen } };
  });
  await record("advice.json", rows);
  for (const row of rows)
    console.log(
      row.advice,
      Object.entries(row.seen)
        .map(([name, seen]) => `\n  ${name} ${seenText(seen)}`)
        .join(""),
    );
}

async function recorded<Row>(name: string): Promise<Row[]> {
  return JSON.parse(await readFile(join(folder, name), "utf8").catch(() => "[]"));
}

async function record(name: string, rows: readonly unknown[]): Promise<void> {
  await writeFile(join(folder, name), `${JSON.stringify(rows, null, 2)}\n`);
}
