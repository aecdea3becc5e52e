/**
 * systemd has supported cgroup v2 since version 230, and nothing else since 258 (systemd NEWS; measured for 257 and
 * 262).
 */
const first = { 1: 0, 2: 230 } as const;
const last = { 1: 257, 2: Number.POSITIVE_INFINITY } as const;

/** Whether a systemd of this major version can boot on a host with this cgroup version. */
export function bootsOnCgroup(systemd: number, cgroupVersion: 1 | 2): boolean {
  return systemd >= first[cgroupVersion] && systemd <= last[cgroupVersion];
}
