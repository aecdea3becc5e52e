/**
 * The search for the smallest set of grants with which a container works as expected. It is independent of engines: a
 * generator yields requests to boot a set or to obtain the user's agreement, and its caller supplies the answers. A
 * grant is a string such as `SYS_TIME` or `/dev/fuse` (`grants.ts`).
 */

/** What failed after a boot: a unit or a check, the log line that shows why, and the grants that might be missing. */
export interface Failure {
  readonly what: string;
  readonly line: string;
  /** The likeliest first. Empty if unknown. */
  readonly points: readonly string[];
}

/** What the search requests. */
export type Question =
  | {
      readonly ask: "boot";
      readonly grants: readonly string[];
      /** The number of this boot, from 1. */
      readonly number: number;
      readonly purpose: Purpose;
    }
  /**
   * Whether grants that are equivalent to root on the host may be tried, and what fails without them, if that is
   * known.
   */
  | { readonly ask: "agreement"; readonly grants: readonly string[]; readonly because?: Failure };

/** Why a set is booted. */
export type Purpose =
  | { readonly kind: "plan" | "whole" }
  | { readonly kind: "with" | "without"; readonly grants: readonly string[] };

/** The answer to a request: the failures of a boot, whether the user agrees, or that no more boots are possible. */
export type Answer =
  | { readonly failures: readonly Failure[] }
  | { readonly agreed: boolean }
  | { readonly over: true };

/** The result of a search. */
export interface Found {
  /**
   * `found`: the set suffices, and each of its grants is needed. `needs-agreement`: a failure points to a grant that
   * the user did not agree to. `not-found`: no set that was tried suffices. `over`: the search ran out of boots or
   * time. `unsteady`: the set failed when it was booted for the last time.
   */
  readonly state: "found" | "needs-agreement" | "not-found" | "over" | "unsteady";
  /** The smallest set that is known to suffice; undefined if there is none. */
  readonly grants?: readonly string[];
  /** What fails without each grant that is needed. */
  readonly needed: readonly { readonly grant: string; readonly failure: Failure }[];
  /** Grants of the set that might not be needed, because the search ended before it tried to leave them out. */
  readonly untried: readonly string[];
  /** Grants that were not tried because the user did not agree to them. */
  readonly refused: readonly string[];
  /** What failed with the last set, if no set is known to suffice. */
  readonly failures: readonly Failure[];
  readonly boots: number;
  /** How many sets had a different result when they were booted again. */
  readonly mixed: number;
}

/** What the search may try. */
export interface Scope {
  /** Sets that are tried one after the other if no failure points to a grant. Each is added to those before it. */
  readonly tiers: readonly (readonly string[])[];
  /** The maximum number of boots. */
  readonly most: number;
  /** Whether a grant is equivalent to root on the host, so that it is tried only if the user agrees. */
  equalsRoot(grant: string): boolean;
  /** How dangerous a grant is. Of two grants, the one with the lower number is kept. */
  danger(grant: string): number;
}

interface Walk extends Scope {
  readonly answers: Map<string, readonly Failure[]>;
  readonly agreed: Map<string, boolean>;
  readonly needed: { grant: string; failure: Failure }[];
  holding?: readonly string[];
  untried: readonly string[];
  failures: readonly Failure[];
  boots: number;
  mixed: number;
}

type Searching<T> = Generator<Question, T, Answer>;

/** Ends the search from any depth when no more boots are possible. */
const over = Symbol("over");

/**
 * Finds the smallest set of grants that suffices. It starts with none, adds those that failures point to or, if there
 * are none, whole tiers, and then removes what is not needed, the most dangerous first. Each set is booted twice, and
 * a third time if the results differ. Since additional grants can also break something, the final set is booted once
 * more.
 */
export function* search(scope: Scope): Searching<Found> {
  const walk: Walk = {
    ...scope,
    ...{ answers: new Map(), agreed: new Map(), needed: [], untried: [], failures: [], boots: 0, mixed: 0 },
  };
  try {
    const held = yield* grow(walk);
    if (typeof held === "string") return foundIn(walk, held);
    yield* shrink(walk, held);
    const last = yield* bootOnce(walk, walk.holding ?? [], { kind: "whole" }, walk.most);
    walk.failures = last;
    return foundIn(walk, last.length === 0 ? "found" : "unsteady");
  } catch (error) {
    if (error !== over) throw error;
    return foundIn(walk, "over");
  }
}

function foundIn(walk: Walk, state: Found["state"]): Found {
  const { holding, needed, untried, failures, boots, mixed } = walk;
  const refused = [...walk.agreed].filter(([, agreed]) => !agreed).map(([grant]) => grant);
  const grants = holding && inOrder(walk, holding).reverse();
  return { state, grants, needed, untried, refused, failures, boots, mixed };
}

/** The most dangerous first. */
function inOrder({ danger }: Walk, grants: readonly string[]): string[] {
  return [...grants].sort((a, b) => danger(b) - danger(a) || (a < b ? 1 : -1));
}

/** Boots a set once. `limit` is the maximum total number of boots after this one. */
function* bootOnce(
  walk: Walk,
  grants: readonly string[],
  purpose: Purpose,
  limit = walk.most - 1,
): Searching<readonly Failure[]> {
  if (walk.boots >= limit) throw over;
  const answer = yield { ask: "boot", grants, number: walk.boots + 1, purpose };
  if ("over" in answer) throw over;
  walk.boots++;
  return "failures" in answer ? answer.failures : [];
}

/** What fails with a set; empty if it suffices. Two boots with the same result decide. */
function* failuresOf(walk: Walk, grants: readonly string[], purpose: Purpose): Searching<readonly Failure[]> {
  const key = [...grants].sort().join("\n");
  const known = walk.answers.get(key);
  if (known) return known;
  const first = yield* bootOnce(walk, grants, purpose);
  const second = yield* bootOnce(walk, grants, purpose);
  const isMixed = (first.length === 0) !== (second.length === 0);
  if (isMixed) walk.mixed++;
  const decided = isMixed ? yield* bootOnce(walk, grants, purpose) : second;
  walk.answers.set(key, decided);
  if (decided.length === 0) walk.holding = grants;
  else if (!walk.holding) walk.failures = decided;
  return decided;
}

/** The grants that may be tried. The user must agree once to each one that is equivalent to root on the host. */
function* allowed(walk: Walk, grants: readonly string[], because?: Failure): Searching<readonly string[]> {
  const asked = grants.filter((grant) => walk.equalsRoot(grant) && !walk.agreed.has(grant));
  if (asked.length > 0) {
    const answer = yield { ask: "agreement", grants: asked, because };
    if ("over" in answer) throw over;
    for (const grant of asked) walk.agreed.set(grant, "agreed" in answer && answer.agreed);
  }
  return grants.filter((grant) => walk.agreed.get(grant) !== false);
}

/** A set that suffices, or why there is none. */
function* grow(walk: Walk): Searching<readonly string[] | "needs-agreement" | "not-found"> {
  let set: readonly string[] = [];
  let failures = yield* failuresOf(walk, set, { kind: "plan" });
  const misled = new Set<string>();
  while (failures.length > 0) {
    const isNew = (grant: string) => !set.includes(grant) && !misled.has(grant);
    const points = [...new Set(failures.flatMap((failure) => failure.points))].filter(isNew);
    const because = failures.find((failure) => failure.points.some((grant) => points.includes(grant)));
    const grants = yield* allowed(walk, points, because);
    if (grants.length === 0) return points.length > 0 ? "needs-agreement" : yield* growBlindly(walk, set);
    const next = yield* failuresOf(walk, [...set, ...grants], { kind: "with", grants });
    if (isProgress(failures, next)) {
      set = [...set, ...grants];
      failures = next;
    } else {
      for (const grant of grants) misled.add(grant);
    }
  }
  return set;
}

/** Whether fewer things fail than before, or the same things fail for another reason. */
function isProgress(before: readonly Failure[], after: readonly Failure[]): boolean {
  const had = new Map(before.map(({ what, line }) => [what, line]));
  if (after.some(({ what }) => !had.has(what))) return false;
  return after.length < before.length || after.some(({ what, line }) => had.get(what) !== line);
}

/** Adds one tier after the other until a set suffices. */
function* growBlindly(walk: Walk, start: readonly string[]): Searching<readonly string[] | "not-found"> {
  let set = start;
  for (const tier of walk.tiers) {
    const grants = yield* allowed(
      walk,
      tier.filter((grant) => !set.includes(grant)),
    );
    if (grants.length === 0) continue;
    set = [...set, ...grants];
    const failures = yield* failuresOf(walk, set, { kind: "with", grants });
    if (failures.length === 0) return set;
  }
  return "not-found";
}

/** Removes what is not needed: first whole groups, then halves of the groups that cannot be removed as a whole. */
function* shrink(walk: Walk, set: readonly string[]): Searching<void> {
  let current = set;
  let groups = set.length === 0 ? [] : [inOrder(walk, set)];
  walk.untried = set;
  for (let group = groups.shift(); group; group = groups.shift()) {
    const left = new Set(group);
    const without = current.filter((grant) => !left.has(grant));
    const failures = yield* failuresOf(walk, without, { kind: "without", grants: group });
    const [grant = ""] = group;
    const [failure] = failures;
    if (!failure) current = without;
    else if (group.length === 1) walk.needed.push({ grant, failure });
    else groups = [...halves(group), ...groups];
    walk.holding = current;
    walk.untried = groups.flat();
  }
}

function halves(group: readonly string[]): string[][] {
  const middle = Math.ceil(group.length / 2);
  return [group.slice(0, middle), group.slice(middle)];
}
