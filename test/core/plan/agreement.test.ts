import { describe, expect, test } from "vitest";
import { once } from "../../../server/src/core/base/once";
import { readFlags } from "../../../server/src/core/container/flags";
import { bareSpec } from "../../../server/src/core/container/spec";
import type { EngineFacts } from "../../../server/src/core/engine";
import type { Example } from "../../../server/src/core/lint/example";
import { fixAll } from "../../../server/src/core/lint/fix";
import type { Rule } from "../../../server/src/core/lint/rule";
import { rules } from "../../../server/src/core/lint/rules/index";
import { isFixable } from "../../../server/src/core/lint/safety";
import { openedBy } from "../../../server/src/core/plan/access";
import { missing } from "../../../server/src/core/plan/missing";
import { isPlan } from "../../../server/src/core/plan/plan";
import { podmanRun } from "../../../server/src/core/plan/render/arguments";
import { commandFor } from "../../../server/src/core/plan/render/command";
import { launches } from "../../../server/src/core/project/plans";
import { subjectsOf } from "../../../server/src/core/project/subjects";
import { asRead } from "../container/as-read";
import { exampleProject, examplesOf, readMarks } from "../example";

// The linter and the plan are two views of one judgement: they name the same engine, refuse the same files, and what
// Fix All leaves of a plan's requirements is only what would widen access.

/** The engines of the lab, as its cells are named. */
const engines: readonly EngineFacts[] = [
  ...(["20.10.24", "26.1.5", "28.5.2"] as const).flatMap((version) =>
    ([1, 2] as const).map((cgroupVersion): EngineFacts => ({ engine: "docker", version, cgroupVersion })),
  ),
  ...([1, 2] as const).map(
    (cgroupVersion): EngineFacts => ({ engine: "podman", version: "5.4.2", cgroupVersion }),
  ),
];

const name = ({ engine, version, cgroupVersion }: EngineFacts) => `${engine}@${version}/v${cgroupVersion}`;

const examples = rules.flatMap((rule) => examplesOf(rule).map((example) => [rule, example] as const));

function inputOf(rule: Rule, example: Example, target: EngineFacts) {
  const { text } = readMarks(example.source);
  const { uri, snapshot } = exampleProject(rule, example, text);
  return { uri, text, snapshot, settings: { rules: {}, target } };
}

describe.each(engines.map((target) => [name(target), target] as const))("on %s", (_, target) => {
  /** What is planned of each example. */
  const launched = once(() =>
    examples.map(([rule, example]) => {
      const input = inputOf(rule, example, target);
      return { rule, example, input, launches: launches(input, target) };
    }),
  );

  test("what Fix All leaves of what the plan requires would widen access", () => {
    const left: string[] = [];
    let asked = 0;
    for (const [rule, example] of examples) {
      const input = inputOf(rule, example, target);
      const { text } = fixAll(input, { hints: true });
      const fixed = { ...input, text };
      const { containers } = subjectsOf({ ...fixed, target });
      for (const { source, plan, boot, facts } of containers) {
        // A container that is removed without being stopped does not need what a stop needs. A pod has its own rule.
        if (source.forTest || source.pod) continue;
        if (boot.boots === "no" || !isFixable(boot) || !isPlan(plan) || facts.systemdVersion === undefined)
          continue;
        asked++;
        for (const requirement of plan.requirements) {
          if (requirement.advice) continue;
          const steps = missing(source.spec, requirement, facts.volumes);
          if (
            steps.length > 0 &&
            openedBy(source.spec, steps).length === 0 &&
            source.changes(steps).length > 0
          )
            left.push(`${rule.id}: ${example.says} ${requirement.id} ${JSON.stringify(steps)}`);
        }
      }
    }
    expect(asked).toBeGreaterThan(50);
    expect(left).toEqual([]);
  });

  test("the linter and the plan name the same engine, and refuse the same files", () => {
    const different: string[] = [];
    for (const { rule, example, input, launches: all } of launched()) {
      const { images, containers } = subjectsOf({ ...input, target });
      for (const launch of all) {
        const subject =
          containers.find(({ source }) => source.name === launch.name) ??
          images.find(({ image }) => image.stage === launch.name);
        const planned = subject?.plan;
        const same =
          planned !== undefined && isPlan(planned) && isPlan(launch.plan)
            ? planned.facts.engine === launch.plan.facts.engine &&
              planned.facts.cgroupVersion === launch.plan.facts.cgroupVersion
            : planned !== undefined && isPlan(planned) === isPlan(launch.plan);
        if (!same) different.push(`${rule.id}: ${example.says} ${launch.name}`);
      }
    }
    expect(different).toEqual([]);
  });

  test("a printed command is read back as the container that was planned", () => {
    let printed = 0;
    for (const { launches: all } of launched()) {
      for (const { plan } of all) {
        if (!isPlan(plan)) continue;
        const { engine } = plan.facts;
        const [, , detached, ...words] = commandFor(plan, engine, { secrets: true });
        const said = engine === "podman" ? podmanRun(plan.spec) : plan.spec;
        expect(detached).toBe("-d");
        expect(readFlags(words, bareSpec)).toEqual(asRead({ ...said, image: plan.image.reference }));
        printed++;
      }
    }
    expect(printed).toBeGreaterThan(150);
  });
});
