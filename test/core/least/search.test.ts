import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Failure,
  type Found,
  type Question,
  type Scope,
  search,
} from "../../../server/src/core/least/search";

const names = ["A", "B", "C", "D", "E", "F", "G", "H"];
const root = ["G", "H"];

const scope: Scope = {
  tiers: [["A", "B", "C"], ["D", "E", "F"], root],
  most: 40,
  equalsRoot: (grant) => root.includes(grant),
  danger: (grant) => names.indexOf(grant),
};

/** A container that is only imagined: each unit needs all grants of one of its lists. */
interface Imagined {
  readonly units: readonly { readonly ways: readonly (readonly string[])[]; readonly tells: boolean }[];
  /** A grant that breaks a unit which needs nothing. */
  readonly breaks?: string;
}

function bootOf({ units, breaks }: Imagined, grants: readonly string[]): readonly Failure[] {
  const lacks = units.flatMap(({ ways, tells }, index): Failure[] => {
    const missing = ways.map((way) => way.filter((grant) => !grants.includes(grant)));
    if (missing.some((way) => way.length === 0)) return [];
    const [first = []] = missing;
    return [{ what: `unit${index}`, line: `lacks ${first[0]}`, points: tells ? first.slice(0, 1) : [] }];
  });
  const broken = breaks !== undefined && grants.includes(breaks);
  return broken ? [...lacks, { what: "broken", line: breaks, points: [] }] : lacks;
}

/** Drives a search, and keeps its questions. */
function find(
  boots: (grants: readonly string[], number: number) => readonly Failure[] | undefined,
  agrees = true,
  given: Partial<Scope> = {},
): { found: Found; asked: Question[] } {
  const going = search({ ...scope, ...given });
  const asked: Question[] = [];
  let step = going.next();
  while (!step.done) {
    asked.push(step.value);
    if (step.value.ask === "agreement") step = going.next({ agreed: agrees });
    else {
      const failures = boots(step.value.grants, step.value.number);
      step = going.next(failures ? { failures } : { over: true });
    }
  }
  return { found: step.value, asked };
}

const way = fc.subarray(names, { minLength: 1, maxLength: 3 });
const imagined = fc.record({
  units: fc.array(fc.record({ ways: fc.array(way, { minLength: 1, maxLength: 2 }), tells: fc.boolean() }), {
    maxLength: 3,
  }),
});

describe("a container whose units only need grants", () => {
  test("gets a set that holds and of which nothing can be left out, within the boots", () => {
    fc.assert(
      fc.property(imagined, (container) => {
        const { found } = find((grants) => bootOf(container, grants), true, { most: 200 });
        expect(found.state).toBe("found");
        const { grants = [] } = found;
        expect(bootOf(container, grants)).toEqual([]);
        for (const grant of grants) {
          const without = grants.filter((each) => each !== grant);
          expect(bootOf(container, without), grant).not.toEqual([]);
        }
        expect(found.needed.map(({ grant }) => grant).sort()).toEqual([...grants].sort());
        expect(found.untried).toEqual([]);
      }),
    );
  });

  test("that nothing tells apart gets the least dangerous set that one of its tiers has", () => {
    const container = { units: [{ ways: [["F"], ["B"]], tells: false }] };
    expect(find((grants) => bootOf(container, grants)).found.grants).toEqual(["B"]);
  });

  test("and that needs nothing is booted three times", () => {
    const { found } = find(() => []);
    expect([found.state, found.grants, found.boots]).toEqual(["found", [], 3]);
  });

  test("and that names the grant it lacks is booted five times", () => {
    const container = { units: [{ ways: [["D"]], tells: true }] };
    const { found } = find((grants) => bootOf(container, grants));
    expect([found.grants, found.boots]).toEqual([["D"], 5]);
    expect(found.needed).toEqual([
      { grant: "D", failure: { what: "unit0", line: "lacks D", points: ["D"] } },
    ]);
  });

  test("and that needs one or two unknown grants of the harmless tiers is found within 40 boots", () => {
    fc.assert(
      fc.property(fc.subarray(names.slice(0, 6), { minLength: 1, maxLength: 2 }), (needs) => {
        const container = { units: [{ ways: [needs], tells: false }] };
        expect(find((grants) => bootOf(container, grants)).found).toMatchObject({
          state: "found",
          grants: needs,
        });
      }),
    );
  });
});

describe("any container", () => {
  const any = fc.record({
    ...{
      units: fc.array(
        fc.record({ ways: fc.array(way, { minLength: 1, maxLength: 2 }), tells: fc.boolean() }),
        { maxLength: 3 },
      ),
    },
    breaks: fc.option(fc.constantFrom(...names), { nil: undefined }),
  });

  test("is never booted more often than agreed, and never with what was not agreed to", () => {
    fc.assert(
      fc.property(any, fc.boolean(), fc.integer({ min: 1, max: 40 }), (container, agrees, most) => {
        const { found, asked } = find((grants) => bootOf(container, grants), agrees, { most });
        const boots = asked.filter((each) => each.ask === "boot");
        expect(boots.length).toBe(found.boots);
        expect(boots.length).toBeLessThanOrEqual(most);
        expect(boots.map(({ number }) => number)).toEqual(boots.map((_, index) => index + 1));
        if (!agrees) expect(boots.flatMap(({ grants }) => grants).filter(scope.equalsRoot)).toEqual([]);
      }),
    );
  });

  test("whose set is called found was booted three times with it, the last time as a whole, and held", () => {
    fc.assert(
      fc.property(any, (container) => {
        const { found, asked } = find((grants) => bootOf(container, grants), true, { most: 200 });
        if (found.state !== "found") return;
        expect(bootOf(container, found.grants ?? [])).toEqual([]);
        expect(asked.at(-1)).toMatchObject({ ask: "boot", purpose: { kind: "whole" } });
        const same = asked.filter(
          (each) =>
            each.ask === "boot" && [...each.grants].sort().join() === [...(found.grants ?? [])].sort().join(),
        );
        expect(same.length).toBe(3);
      }),
    );
  });

  test("that answers by chance now and then is asked a third time", () => {
    const container = { units: [{ ways: [["A"]], tells: true }] };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), (wrong) => {
        const { found } = find((grants, number) => {
          const right = bootOf(container, grants);
          const other = right.length === 0 ? bootOf(container, []) : [];
          return number === wrong ? other : right;
        });
        expect([found.state, found.grants, found.mixed, found.boots]).toEqual(["found", ["A"], 1, 6]);
      }),
    );
  });
});

describe("a search that ends early", () => {
  const container = { units: [{ ways: [["A", "E"]], tells: false }] };

  test("says how far it came, wherever the boots end", () => {
    const whole = find((grants) => bootOf(container, grants)).found.boots;
    for (let most = 1; most < whole; most++) {
      const { found } = find((grants) => bootOf(container, grants), true, { most });
      expect(found.state).toBe("over");
      if (found.grants === undefined) expect(found.failures.length).toBe(most > 2 ? 1 : 0);
      else {
        expect(bootOf(container, found.grants)).toEqual([]);
        const judged = [...found.needed.map(({ grant }) => grant), ...found.untried].sort();
        expect(judged).toEqual([...found.grants].sort());
      }
    }
  });

  test("because the time is up or the person cancels keeps what is known", () => {
    const { found } = find((grants, number) => (number > 7 ? undefined : bootOf(container, grants)));
    expect([found.state, found.boots]).toEqual(["over", 7]);
  });

  test("because what fails points to what was not agreed to says so, without further boots", () => {
    const needs = { units: [{ ways: [["G"]], tells: true }] };
    const { found, asked } = find((grants) => bootOf(needs, grants), false);
    expect(found).toMatchObject({ state: "needs-agreement", refused: ["G"], boots: 2, grants: undefined });
    expect(asked.at(-1)).toEqual({ ask: "agreement", grants: ["G"], because: found.failures[0] });
  });

  test("because nothing that may be tried helps names what was not tried", () => {
    const needs = { units: [{ ways: [["H"]], tells: false }] };
    const { found } = find((grants) => bootOf(needs, grants), false);
    expect(found).toMatchObject({ state: "not-found", refused: root });
  });

  test("because the final set does not hold once more is not called found", () => {
    const { found } = find((_grants, number) => (number === 3 ? bootOf(container, []) : []));
    expect([found.state, found.failures.length]).toEqual(["unsteady", 1]);
  });
});
