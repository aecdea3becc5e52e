import { type Message, message } from "../../base/message";
import type { ContainerSource } from "../../container/source";
import { applySteps, type ContainerSpec, type SpecChange, sameItem } from "../../container/spec";
import { hasWritableCgroups } from "../../plan/adapt";
import { isPlan, plan as makePlan } from "../../plan/plan";
import type { LaunchPlan, Requirement } from "../../plan/types";
import type { ContainerSubject } from "../../project/subject";
import { cgroupPath, isCgroupRoot } from "../../systemd/paths";
import type { Fix } from "../rule";
import { belowCgroupRoot, isWritableCgroups, writableCgroups } from "./cgroup-tree";
import { stepsFix } from "./fixes";
import { toDisplay } from "./run-file";
import { hasCgroupVolume } from "./run-image";

/**
 * The fixes for a container's cgroup tree, derived from the plan, the preferred one first. A fix that makes the
 * container's own tree writable comes first if it is known to work; otherwise one that works on every Docker version.
 * The first fix is safe if the engine is configured, because the lab booted the result on that engine, and if no fix
 * that grants less access could work.
 */
export function cgroupFixes(subject: ContainerSubject): (Fix | undefined)[] {
  const { plan, source } = subject;
  const recipes = cgroupRecipes(subject);
  // For an unknown image the host's tree works, but the container's own part might work too.
  const sure = hasCgroupVolume(subject) !== undefined || recipes.length === 1;
  const safe = isPlan(plan) && !plan.assumed && sure;
  return recipes.map((recipe, index) => recipeFix(source, recipe, safe && index === 0));
}

/** The fix that does not expose the host's tree, and whether it is known to work. */
export function leastFix(subject: ContainerSubject): { fix: Fix | undefined; known: boolean } | undefined {
  const { plan, source } = subject;
  const least = cgroupRecipes(subject).find(({ host }) => !host);
  if (!least || !isPlan(plan)) return undefined;
  const known = !plan.assumed && hasCgroupVolume(subject) === false;
  return { fix: recipeFix(source, least, known), known };
}

/** A way to get a cgroup tree, as changes to the container's current options. */
interface Recipe {
  readonly steps: readonly SpecChange[];
  /** It exposes the host's tree to the container. */
  readonly host: boolean;
  readonly title: (what: string) => Message;
}

/** The kinds of recipes. If the name ends in `If`, the title of the fix names the requirements. */
type Way = "own" | "ownIf" | "host" | "bare" | "bareIf";

/** The recipes that the plan offers, the preferred one first; none if there is no plan. Their steps change `spec`. */
export function cgroupRecipes(subject: ContainerSubject, spec = subject.source.spec): Recipe[] {
  const { plan, target } = subject;
  if (!isPlan(plan)) return [];
  const volume = hasCgroupVolume(subject);
  const privileged = spec.privileged === true;
  const ways = privileged ? underPrivileges(spec, plan, volume) : withoutPrivileges(spec, plan, target);
  return preferred(privileged, volume, plan.assumed).flatMap((way) => ways[way] ?? []);
}

/** The order of preference, which depends on whether the image has a volume over the tree, and on the engine. */
function preferred(privileged: boolean, volume: boolean | undefined, assumed: boolean): readonly Way[] {
  if (privileged) return volume === false ? ["bare", "host"] : ["host", "bareIf"];
  return volume === false && !assumed ? ["own", "host", "bare"] : ["host", "ownIf", "bare"];
}

type Ways = Readonly<Partial<Record<Way, Recipe>>>;

/**
 * The engine's mount of the tree is writable here, so removing the options that replace it is enough. An option that
 * makes the tree writable without privileges is kept for later use, if the engine supports it.
 */
function underPrivileges(spec: ContainerSpec, plan: LaunchPlan, volume: boolean | undefined): Ways {
  const main = cgroupRequirement(plan.alternative ?? plan);
  const host = main && exposesHost(main) ? recipe(spec, main, hostTree) : undefined;
  const stays = writableCgroups(spec)?.on && hasWritableCgroups(plan.facts);
  const cleared = cgroupSteps(spec, undefined).filter(
    (step) => !(stays && "key" in step && step.key === "securityOptions"),
  );
  const bare = { ...recipe(spec, undefined, volume === false ? remove : removeIf), steps: cleared };
  // A volume hides the engine's mount.
  return { host, bare, bareIf: volume && host ? undefined : bare };
}

function withoutPrivileges(spec: ContainerSpec, plan: LaunchPlan, target: ContainerSubject["target"]): Ways {
  const main = cgroupRequirement(plan.alternative ?? plan);
  if (!main) return { bare: recipe(spec, undefined, remove) };
  // The plan for the image without a volume over the tree.
  const volumes = plan.image.volumes.filter((path) => !isCgroupRoot(path));
  const free = makePlan({ ...plan.image, volumes }, target);
  const less = isPlan(free) && free.alternative ? free : undefined;
  return {
    host: recipe(spec, main, hostTree),
    own: less && recipe(spec, cgroupRequirement(less), own),
    ownIf: less && recipe(spec, cgroupRequirement(less), ownIf),
  };
}

function recipe(spec: ContainerSpec, requirement: Requirement | undefined, title: Recipe["title"]): Recipe {
  const host = requirement !== undefined && exposesHost(requirement);
  return { steps: cgroupSteps(spec, requirement), host, title };
}

const own = (what: string) =>
  message("fix.cgroup.own", "Make the container's cgroup tree writable: {what}", { what });
const ownIf = (what: string) =>
  message(
    "fix.cgroup.own-if",
    "Make the container's cgroup tree writable: {what} (needs Docker 28 or later, cgroup v2 and an image without VOLUME {path})",
    { what, path: cgroupPath },
  );
const hostTree = (what: string) => message("fix.cgroup.host", "Use the host's cgroup tree: {what}", { what });
const remove = (what: string) => message("fix.cgroup.bare", "Remove {what}", { what });
const removeIf = (what: string) =>
  message("fix.cgroup.bare-if", "Remove {what} (needs an image without VOLUME {path})", {
    what,
    path: cgroupPath,
  });

function cgroupRequirement(plan: LaunchPlan | undefined): Requirement | undefined {
  return plan?.requirements.find(({ id }) => id === "cgroup-writable");
}

function exposesHost({ steps }: Requirement): boolean {
  return steps.some((step) => step.do === "add" && step.key === "mounts");
}

function recipeFix(source: ContainerSource, { steps, title }: Recipe, safe: boolean): Fix | undefined {
  const added = steps.filter((step) => step.do === "add" || step.do === "set");
  const shown = added.length > 0 ? added : steps.map((step) => whatGoes(source.spec, step));
  return stepsFix(source, steps, title(toDisplay(source, shown)), safe);
}

/** The step to show in a title. For a removal, that is the step that sets the removed value. */
function whatGoes(spec: ContainerSpec, step: SpecChange): SpecChange {
  if (step.do === "unset" && step.key === "cgroupNamespace") {
    return { do: "set", key: "cgroupNamespace", value: spec.cgroupNamespace };
  }
  return step.do === "drop" ? { ...step, do: "add" } : step;
}

/**
 * The steps after which the container's cgroup tree meets exactly one requirement. Other mounts in the tree,
 * `writable-cgroups` and the namespace are removed unless the requirement needs them.
 */
function cgroupSteps(spec: ContainerSpec, requirement: Requirement | undefined): SpecChange[] {
  const { steps = [], defaults = [] } = requirement ?? {};
  const wanted = (step: SpecChange) => steps.some((other) => sameItem(other, step));
  const clear: SpecChange[] = [
    ...spec.mounts
      .filter((mount) => isCgroupRoot(mount.target) || belowCgroupRoot(mount))
      .map((value): SpecChange => ({ do: "drop", key: "mounts", value })),
    ...spec.tmpfs
      .filter(({ path }) => isCgroupRoot(path))
      .map((value): SpecChange => ({ do: "drop", key: "tmpfs", value })),
    ...spec.securityOptions
      .filter(isWritableCgroups)
      .map((value): SpecChange => ({ do: "drop", key: "securityOptions", value })),
  ].filter((step) => step.do !== "drop" || !wanted({ ...step, do: "add" }));
  const namespace = steps.find((step) => step.do === "set" && step.key === "cgroupNamespace");
  const byDefault = namespace === undefined || defaults.some((other) => sameItem(other, namespace));
  const is = spec.cgroupNamespace;
  if (is !== undefined && byDefault && is !== (namespace?.do === "set" ? namespace.value : undefined)) {
    clear.push({ do: "unset", key: "cgroupNamespace" });
  }
  const cleared = applySteps(spec, clear);
  const add = steps.filter(
    (step) =>
      !(cleared.cgroupNamespace === undefined && defaults.some((other) => sameItem(other, step))) &&
      !sameItem(applySteps(cleared, [step]), cleared),
  );
  return [...clear, ...add];
}
