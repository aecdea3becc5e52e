import type { ContainerSubject } from "../../project/subject";
import { imageBoot, onlyForSystemd } from "./replaced-init";

/** Whether the program of a tool takes the place of a systemd that the container is meant to boot. */
export function hidesSystemd(subject: ContainerSubject): boolean {
  const { standIn, spec } = subject.source;
  if (!standIn || subject.isChanged) return false;
  return isSetUp(subject) || imageBoot(subject) !== "no" || spec.systemd === "always";
}

/** Whether the container has what only systemd needs, or an image that boots it with the privileges for that. */
export function isSetUp(subject: ContainerSubject): boolean {
  const { spec } = subject.source;
  return onlyForSystemd(spec) || (spec.privileged === true && imageBoot(subject) !== "no");
}
