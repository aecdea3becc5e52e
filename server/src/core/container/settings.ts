import { canonicalPath, isCgroupRoot, runPath } from "../systemd/paths";
import type { ContainerSpec } from "./spec";

/** Whether something is mounted on the root of the cgroup tree. */
export function mountsCgroupTree({ mounts }: ContainerSpec): boolean {
  return mounts.some(({ target }) => isCgroupRoot(target));
}

/** Whether a tmpfs is mounted on /run. */
export function hasTmpfsOnRun({ tmpfs }: ContainerSpec): boolean {
  return tmpfs.some(({ path }) => canonicalPath(path) === runPath);
}
