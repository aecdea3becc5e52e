import type { ContainerSpec, Mount } from "../../container/spec";
import { canonicalPath, cgroupPath, isCgroupRoot } from "../../systemd/paths";

/** Whether a mount has a target below the root of the cgroup tree, as on cgroup v1. */
export function belowCgroupRoot({ target }: { readonly target: string }): boolean {
  return canonicalPath(target).startsWith(`${cgroupPath}/`);
}

/** Whether a mount binds the host's entire tree read-write. */
export function bindsHostTree({ type, source = "", readOnly, target }: Mount): boolean {
  return type === "bind" && !readOnly && isCgroupRoot(target) && isCgroupRoot(source);
}

export function isWritableCgroups(option: string): boolean {
  return /^writable-cgroups([=:]|$)/.test(option);
}

/**
 * The option `writable-cgroups`: how it is written, whether it lacks a value, and whether it makes the tree writable.
 * Compose rejects it without a value.
 */
export function writableCgroups({
  securityOptions,
}: ContainerSpec): { option: string; bare: boolean; on: boolean } | undefined {
  const own = securityOptions.filter(isWritableCgroups);
  // The engine rejects the option without a value, regardless of the other options.
  const option = own.find((written) => !/[=:]/.test(written)) ?? own[0];
  if (option === undefined) return undefined;
  const [, value] = option.split(/[=:]/);
  return { option, bare: value === undefined, on: value === undefined || /^(1|t|true)$/i.test(value) };
}
