import { isPlan } from "../../plan/plan";
import type { ContainerSubject, ImageSubject } from "../../project/subject";

/**
 * Whether the engine is Podman, which in systemd mode sets up the cgroup tree, the tmpfs mounts, the environment and
 * the stop signal.
 */
export function onPodman({ target }: ImageSubject | ContainerSubject): boolean {
  return target?.engine === "podman";
}

/** Whether the host has cgroup v1: because the target specifies it, or because the image boots on no other host. */
export function onCgroupV1({ plan, target }: ContainerSubject): boolean {
  return (target?.cgroupVersion ?? (isPlan(plan) ? plan.facts.cgroupVersion : undefined)) === 1;
}
