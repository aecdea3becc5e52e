import type { ContainerSpec } from "../container/spec";
import type { Image } from "../image/image";
import { canonicalPath, isCgroupRoot, runPath } from "../systemd/paths";
import { isRightSignal } from "../systemd/signal";

// What is not written for another init. It counts only where nothing is known of the program itself: a base
// image that the table does not hold, and no CMD, ENTRYPOINT, command or entrypoint that could be read.

/** The image asks for systemd's own stop signal, or makes a volume of the cgroup tree. */
export function preparesImage({ stopSignal, volumes }: Image): boolean {
  if (stopSignal && isRightSignal(stopSignal.value)) return true;
  return volumes.some(({ value }) => isCgroupRoot(value));
}

/** An instruction of the Dockerfile or a word of the command names systemd, a unit, or what only systemd knows. */
export function speaksOfSystemd(image: Image, argv: readonly string[]): boolean {
  const written = image.text.replace(/^\uFEFF?[ \t]*#.*$/gm, "");
  return (
    preparesImage(image) ||
    image.env.has("container") ||
    [written, ...argv].some((text) => ofSystemd.test(text))
  );
}

const ofSystemd = /systemd|systemctl|\.(service|target)\b/i;

/** `systemd`, `ubuntu-systemd`, `systemd-debian`: not a program that only has to do with it (`systemd-exporter`). */
const named =
  /^(?:(?:[\w.-]+[-_])?systemd|systemd[-_](?:almalinux|amazonlinux|arch|archlinux|centos|debian|fedora|opensuse|oraclelinux|rockylinux|ubuntu)[\w.-]*)(?::[\w.-]+)?$/;

/**
 * The run asks for systemd's own stop signal, or two things come together that each have other uses: the cgroup
 * tree in its place, a tmpfs on /run, a name that says systemd, privileges.
 */
export function preparesRun({ stopSignal, mounts, tmpfs, image, privileged }: ContainerSpec): boolean {
  if (stopSignal !== undefined && isRightSignal(stopSignal)) return true;
  const cgroups = mounts.some(({ type, target }) => type === "bind" && isCgroupRoot(target));
  const fresh = tmpfs.some(({ path }) => canonicalPath(path) === runPath);
  if (cgroups && fresh) return true;
  return named.test(lastSegment(image)) && (cgroups || fresh || privileged === true);
}

/** The name and the tag of an image, without what stands before them and without the digest. */
function lastSegment(image = ""): string {
  const [name = ""] = image.split("@", 1);
  return name.slice(name.lastIndexOf("/") + 1);
}
