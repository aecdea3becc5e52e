import { isPlan } from "../../plan/plan";
import type { ContainerSubject, ImageSubject } from "../../project/subject";

/** Podman in systemd mode sets up the cgroup tree, the tmpfs mounts, the environment and the stop signal itself. */
export function onPodman({ target }: ImageSubject | ContainerSubject): boolean {
  return target?.engine === "podman";
}

/** Says whether the host has cgroup v1: it was stated, or the image boots nowhere else. */
export function onCgroupV1({ plan, target }: ContainerSubject): boolean {
  return (target?.cgroupVersion ?? (isPlan(plan) ? plan.facts.cgroupVersion : undefined)) === 1;
}
