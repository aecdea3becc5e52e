import { bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import { takesWritableCgroups } from "../../../server/src/core/plan/adapt";
import { baseFacts } from "../../../server/src/core/plan/image-facts";
import { type Case, servicesOf } from "../case";
import { alsoWithHints, type Property } from "./judged";

/** Fix All never widens what a container may do to the host. */
const fixAllNeverWidensAccess: Property = function* ({ input, fixed, after }) {
  if (fixed().text === input.text) return;
  if (input.kind === "dockerfile") {
    const [was, is] = [input.text, fixed().text].map(
      (text) => text.match(/--(security|network)=/g)?.length ?? 0,
    );
    if ((is ?? 0) > (was ?? 0)) yield { property: "fix all: widens a build step" };
    return;
  }
  const before = new Map(servicesOf(input).map(({ name, spec }) => [name, spec]));
  for (const { name, spec } of servicesOf(after())) {
    for (const what of widened(before.get(name) ?? bareSpec, spec, input))
      yield { property: `fix all: widens access by ${what}`, detail: fixed().text };
  }
};

export const accessProperties: readonly Property[] = [alsoWithHints(fixAllNeverWidensAccess)];

function* widened(before: ContainerSpec, after: ContainerSpec, { target }: Case): Generator<string> {
  if (after.privileged && !before.privileged) yield "privileged";
  if (added(before.capabilities, after.capabilities)) yield "a capability";
  if (added(before.devices, after.devices)) yield "a device";
  if (added(before.securityOptions.filter(opens), after.securityOptions.filter(opens))) yield "a profile";
  for (const key of ["pid", "network", "usernsMode"] as const)
    if (after[key] === "host" && before[key] !== "host") yield `${key} host`;
  const cgroup = after.cgroupNamespace === "host" && before.cgroupNamespace !== "host";
  if (cgroup && !(hasTree(before) && mustHaveTree(target))) yield "cgroup host";
  yield* widenedMounts(before, after);
}

function* widenedMounts(before: ContainerSpec, after: ContainerSpec): Generator<string> {
  for (const mount of after.mounts) {
    if (mount.type !== "bind") continue;
    const was = before.mounts.find(
      ({ source, target }) => source === mount.source && target === mount.target,
    );
    if (!was) yield "a bind";
    if (was?.readOnly && !mount.readOnly) yield "a writable bind";
  }
}

function added(before: readonly string[], after: readonly string[]): boolean {
  return after.some((item) => !before.includes(item));
}

function opens(option: string): boolean {
  return /unconfined|disable/.test(option);
}

/** The author has opened the host's tree already. */
function hasTree({ mounts }: ContainerSpec): boolean {
  return mounts.some(({ type, source, target, readOnly }) => {
    const isTree = [source, target].every((path) => path?.replace(/\/+$/, "") === "/sys/fs/cgroup");
    return type === "bind" && isTree && !readOnly;
  });
}

const unknownStart = { boots: "no", argv: [], evidence: "none", throughShell: false } as const;

/** The engine is stated and has no writable-cgroups. */
function mustHaveTree(target: Case["target"]): boolean {
  return target !== undefined && !takesWritableCgroups(baseFacts(undefined, unknownStart, "any"), target);
}
