import { afterAll, beforeAll, describe, test, vi } from "vitest";
import { type Engine, isSkipped, type Skipped, startEngine } from "../lab";
import { allCases, prove } from "../lab/prove/prove";

// What the rules claim, a claim of each booted again on the reference engine; `npm run lab:all` boots all of them
// on all engines and records it.
const reference = "docker@28/v2";
const newer = /^\s*FROM debian:(13|sid)/m;
// What leaves something on its host is for a host of the lab's own.
const borrowed = process.env.SYSTEMD_CONTAINERS_DOCKER_HOST !== undefined;
const bootable = allCases().filter(
  ({ cells, example, claim }) =>
    cells.includes(reference) &&
    !(borrowed && claim.before.leaves) &&
    !newer.test([example.source, ...Object.values(example.files ?? {})].join("\n")),
);
const quick = bootable.filter(
  ({ rule }, index) => bootable.findIndex((other) => other.rule === rule) === index,
);

vi.setConfig({ maxConcurrency: 3 });
let engine: Engine | Skipped;
beforeAll(async () => {
  engine = await startEngine(reference);
});
afterAll(async () => {
  if (engine && !isSkipped(engine)) await engine.stop();
});

describe.concurrent("the claims of the rules hold", () => {
  const named = quick.map((one) => ({ name: `${one.rule.id}: ${one.example.says}`, one }));
  test.for(named)("$name", async ({ one }, context) => {
    if (isSkipped(engine)) return context.skip(engine.skipped);
    const { contradictions } = await prove(engine, one);
    context.expect(contradictions).toEqual([]);
  });
});
