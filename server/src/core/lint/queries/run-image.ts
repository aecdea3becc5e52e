import type { BaseImage } from "../../image/base-image";
import { baseImage } from "../../image/base-images";
import type { ContainerSubject } from "../../project/subject";
import { isCgroupRoot } from "../../systemd/paths";

/** The known facts about the image that a run starts, from its Dockerfile or otherwise from its name. */
export function baseOf({ image, source: { spec } }: ContainerSubject): BaseImage | undefined {
  if (image) return image.image.base;
  return spec.image === undefined ? undefined : baseImage(spec.image);
}

/** Whether the image has VOLUME /sys/fs/cgroup; undefined if that cannot be determined. */
export function hasCgroupVolume(subject: ContainerSubject): boolean | undefined {
  const { image } = subject;
  const base = baseOf(subject);
  const volumes = [...(image?.image.volumes ?? []).map(({ value }) => value), ...(base?.volumes ?? [])];
  if (volumes.some(isCgroupRoot)) return true;
  return base ? false : undefined;
}
