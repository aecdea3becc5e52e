import type { ContainerSpec } from "../../container/spec";
import type { ImageSubject } from "../../project/subject";

/** Whether the workspace starts the image and `holds` is true for every container that boots it. */
export function everyRun({ containers }: ImageSubject, holds: (spec: ContainerSpec) => boolean): boolean {
  const starting = containers.filter(({ boot }) => boot.boots !== "no");
  return starting.length > 0 && starting.every(({ source }) => holds(source.spec));
}
