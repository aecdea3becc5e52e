import type { ContainerSubject } from "../../project/subject";
import { isCgroupRoot } from "../../systemd/paths";

/** Whether the image has VOLUME /sys/fs/cgroup; undefined if this is unknown. */
export function hasCgroupVolume(subject: ContainerSubject): boolean | undefined {
  const { image, base } = subject;
  const volumes = [...(image?.image.volumes ?? []).map(({ value }) => value), ...(base?.volumes ?? [])];
  if (volumes.some(isCgroupRoot)) return true;
  return base ? false : undefined;
}
