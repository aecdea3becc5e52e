import { canonicalPath, isCgroupRoot, runPath } from "../systemd/paths";
import type { ContainerSpec } from "./spec";

/** Something is mounted on the root of the cgroup tree. */
export function mountsCgroupTree({ mounts }: ContainerSpec): boolean {
  return mounts.some(({ target }) => isCgroupRoot(target));
}

/** A tmpfs is mounted on /run. */
export function hasTmpfsOnRun({ tmpfs }: ContainerSpec): boolean {
  return tmpfs.some(({ path }) => canonicalPath(path) === runPath);
}
