import { withoutTrailing } from "../base/text";

/** Where the cgroup tree is mounted, in every container and on every host that systemd runs on. */
export const cgroupPath = "/sys/fs/cgroup";

/** Whether a path is the root of the cgroup tree. */
export function isCgroupRoot(path: string): boolean {
  return canonicalPath(path) === cgroupPath;
}

/** Fatal for PID 1 if it is not a mount point and cannot be mounted (systemd, src/shared/mount-setup.c). */
export const runPath = "/run";

/** Fatal on Debian and Ubuntu up to systemd 252 (measured); degraded with 257. */
export const lockPath = "/run/lock";

/** Mounted by tmp.mount if the distribution enables it. */
export const tmpPath = "/tmp";

/** An absolute path without a trailing slash, and with `/var/run` and `/var/lock` replaced by their link targets. */
export function canonicalPath(path: string): string {
  const trimmed = path.length > 1 ? withoutTrailing(path, "/") : path;
  return trimmed.replace(/^\/var\/run(?=\/|$)/, runPath).replace(/^\/var\/lock(?=\/|$)/, lockPath);
}
