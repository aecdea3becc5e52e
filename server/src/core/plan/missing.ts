import { readCapability } from "../container/options";
import { mountsCgroupTree } from "../container/settings";
import { type ContainerSpec, type Mount, type SpecChange, sameItem } from "../container/spec";
import { canonicalPath } from "../systemd/paths";
import { isRightSignal } from "../systemd/signal";
import type { Need, Requirement } from "./types";

/**
 * The steps of a requirement that a container still lacks. Empty if the container achieves the same by other means
 * (another recipe for the same engine, privileges, its own mount on the path). `volumes` are those of the image,
 * which also count as mounts.
 */
export function missing(
  spec: ContainerSpec,
  requirement: Requirement,
  volumes: readonly string[] = [],
): SpecChange[] {
  if (requirement.byPrivilege && suffices(spec, requirement)) return [];
  const { steps, defaults = [], alternatives = [] } = requirement;
  const left = (wanted: readonly SpecChange[]) =>
    wanted.filter((step) => !isTrue(spec, step, volumes, defaults));
  if (alternatives.some((other) => left(other).length === 0)) return [];
  return left(steps);
}

/** Whether the container's privileges satisfy a requirement that has `byPrivilege`. */
function suffices(spec: ContainerSpec, { id }: Requirement): boolean {
  if (id === "workload") return spec.privileged === true;
  if (id === "cgroup-writable") {
    // Privileges apply to the engine's own mount of the cgroup tree. A mount by the user replaces it.
    const replaced = mountsCgroupTree(spec);
    return !replaced && isPrivileged(spec);
  }
  return isPrivileged(spec) || mayMount(spec);
}

/** Whether a container is privileged, or has a runtime that provides the equivalent. */
function isPrivileged(spec: ContainerSpec): boolean {
  return spec.privileged === true || usesSysbox(spec);
}

/**
 * Whether a container already has something that plans never grant: it is privileged or nearly so, or it exposes the
 * socket of an outer engine to clients of an inner engine.
 */
export function servesWithheld(spec: ContainerSpec, { directory }: Need): boolean {
  if (isPrivileged(spec) || mayMount(spec)) return true;
  return directory !== undefined && spec.mounts.some(({ target }) => engineSocket.test(target));
}

const engineSocket = /\/(docker|containerd|podman|crio)\.sock$/;

/** Whether the runtime is Sysbox, which gives each container a private cgroup tree and lets it mount file systems. */
export function usesSysbox({ runtime }: ContainerSpec): boolean {
  return runtime?.startsWith("sysbox") ?? false;
}

function mayMount({ capabilities, securityOptions }: ContainerSpec): boolean {
  const admin = capabilities.some((name) => ["SYS_ADMIN", "ALL"].includes(readCapability(name)));
  return admin && securityOptions.some((option) => /^apparmor[=:]unconfined$/.test(option));
}

function isTrue(
  spec: ContainerSpec,
  step: SpecChange,
  volumes: readonly string[],
  defaults: readonly SpecChange[],
): boolean {
  switch (step.do) {
    case "setEnv":
      // A variable without a value is passed on from the shell.
      return step.name in spec.environment && spec.environment[step.name] !== "";
    case "set":
      return hasValue(spec, step, defaults);
    case "add":
      return hasItem(spec, step, volumes);
    default:
      return true;
  }
}

function hasValue(
  spec: ContainerSpec,
  step: Extract<SpecChange, { do: "set" }>,
  defaults: readonly SpecChange[],
): boolean {
  const value = spec[step.key];
  if (value === undefined) return defaults.some((other) => sameItem(other, step));
  if (step.key === "stopSignal") return isRightSignal(String(value));
  // A program that is set explicitly is assumed to be intended; other rules judge whether it starts systemd.
  if (step.key === "command" || step.key === "entrypoint") return true;
  return sameItem(value, step.value);
}

type ItemStep = Extract<SpecChange, { do: "add" | "drop" }>;

function hasItem(spec: ContainerSpec, step: ItemStep, volumes: readonly string[]): boolean {
  switch (step.key) {
    case "tmpfs": {
      const { path } = step.value;
      const mounted = [
        ...spec.tmpfs.map((tmpfs) => tmpfs.path),
        ...spec.mounts.map(({ target }) => target),
        ...volumes,
      ];
      return mounted.some((other) => canonicalPath(other) === path);
    }
    case "mounts":
      return spec.mounts.some((mount) => sameMount(mount, step.value));
    case "securityOptions":
      return spec.securityOptions.some((option) => sameOption(option, step.value));
    case "capabilities":
      return spec.capabilities.some((name) =>
        [readCapability(step.value), "ALL"].includes(readCapability(name)),
      );
    case "ports":
      return spec.ports.includes(step.value);
    case "devices":
      return spec.devices.some((device) => (device.split(":")[1] ?? device) === step.value);
  }
}

function sameMount(a: Mount, b: Mount): boolean {
  return (
    a.type === b.type &&
    canonicalPath(a.source ?? "") === canonicalPath(b.source ?? "") &&
    canonicalPath(a.target) === canonicalPath(b.target) &&
    a.readOnly === b.readOnly &&
    (!a.readOnly || a.recursive === b.recursive)
  );
}

/**
 * Compares options of the form `name=value`. The API treats a bare name as true, and Go parses `1`, `t` and `TRUE` as
 * true.
 */
function sameOption(option: string, wanted: string): boolean {
  const [name, value = "true"] = option.split("=");
  const [wantedName, wantedValue] = wanted.split("=");
  const same = /^(1|t|true)$/i.test(value) ? "true" : value;
  return name === wantedName && same === wantedValue;
}
