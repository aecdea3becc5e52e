/**
 * The search for the smallest set of grants with which a container does what is expected of it. It knows nothing of
 * engines: it is a generator that asks for boots and agreements, and its caller answers. A grant is a text, such
 * as `SYS_TIME` or `/dev/fuse` (`grants.ts`).
 */

/** What does not hold after a boot: a unit or a check, the log line that shows why, and the grants it may lack. */
export interface Failure {
  readonly what: string;
  readonly line: string;
  /** The likeliest first. Empty if unknown. */
  readonly points: readonly string[];
}

/** What the search asks for. */
export type Question =
  | {
      readonly ask: "boot";
      readonly grants: readonly string[];
      /** The number of this boot, from 1. */
      readonly number: number;
      readonly purpose: Purpose;
    }
  /** Whether grants that equal root on the host may be booted, and what fails without them, if that is known. */
  | { readonly ask: "agreement"; readonly grants: readonly string[]; readonly because?: Failure };

/** Why a set is booted. */
export type Purpose =
  | { readonly kind: "plan" | "whole" }
  | { readonly kind: "with" | "without"; readonly grants: readonly string[] };

/** An answer: the failures of a boot, whether the person agrees, or that no more boots are possible. */
export type Answer =
  | { readonly failures: readonly Failure[] }
  | { readonly agreed: boolean }
  | { readonly over: true };

/** The result of a search. */
export interface Found {
  /**
   * `found`: the set suffices, and each of its grants is needed. `needs-agreement`: what fails points to a grant that was
   * not agreed to. `not-found`: no set that was tried suffices. `over`: the boots or the time ended first. `unsteady`: the
   * set did not hold when it was booted for the last time.
   */
  readonly state: "found" | "needs-agreement" | "not-found" | "over" | "unsteady";
  /** The smallest set that is known to hold; undefined if none is. */
  readonly grants?: readonly string[];
  /** What fails without each grant that is needed. */
  readonly needed: readonly { readonly grant: string; readonly failure: Failure }[];
  /** Grants of the set that are perhaps not needed: the search ended before it left them out. */
  readonly untried: readonly string[];
  /** Grants that were not tried because the person did not agree to them. */
  readonly refused: readonly string[];
  /** What failed in the last set that does not hold, if no set is known to hold. */
  readonly failures: readonly Failure[];
  readonly boots: number;
  /** How many sets gave different answers when they were booted again. */
  readonly mixed: number;
}

/** What the search may try. */
export interface Scope {
  /** Sets that are tried one after the other if nothing points to a grant. Each is added to those before it. */
  readonly tiers: readonly (readonly string[])[];
  /** How many boots it may ask for. */
  readonly most: number;
  /** Whether a grant equals root on the host, so that it is booted only if the person agrees. */
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
 * Finds the smallest set of grants that suffices. Starts with none, adds those that failures point to, otherwise whole
 * tiers, and then leaves out again what is not needed, the most dangerous first. Each set is booted twice, and a third
 * time if the answers differ. Since more grants can also break something, the final set is booted again as a whole.
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

/** Boots a set once. `limit` is the number of boots that may have been made afterwards. */
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

/** What fails with a set; empty if it suffices. Two boots with the same answer decide. */
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

/** The grants that may be booted: the person is asked once about each that equals root on the host. */
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

/** Whether fewer things fail than before, or the same fail for another reason. */
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

/** Leaves out what is not needed: groups first, and halves of the groups that cannot be left out as a whole. */
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
