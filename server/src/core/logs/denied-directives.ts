/** A directive that makes a unit fail in a container started with the launch plan. */
interface Denied {
  readonly name: string;
  /** Values that fail; if absent, all values except `no`. */
  readonly value?: RegExp;
}

/**
 * By exit status: directives with which `systemd-run --wait -p DIRECTIVE true` exited with that status, on Docker
 * 28.5 and cgroup v2 with the launch plan, on systemd 247, 252 or 262 of Debian (2026-11-26). Of the 82 directives
 * tested, the others exited with 0 on all three.
 */
const denied: Readonly<Record<string, readonly Denied[]>> = {
  "211/IOPRIO": [{ name: "IOSchedulingClass", value: /^(realtime|1)$/ }],
  "214/SETSCHEDULER": [{ name: "CPUSchedulingPolicy", value: /^(rr|fifo)$/ }],
  "217/USER": [{ name: "PrivateUsers" }],
  "225/NETWORK": [{ name: "NetworkNamespacePath" }],
  "226/NAMESPACE": [
    { name: "DynamicUser" },
    { name: "TemporaryFileSystem" },
    { name: "BindPaths" },
    { name: "BindReadOnlyPaths" },
    { name: "LogNamespace" },
    { name: "RootImage" },
    { name: "PrivatePIDs" },
    { name: "ProtectControlGroups", value: /^(strict|private)$/ },
  ],
  "242/NUMA_POLICY": [{ name: "NUMAPolicy" }],
};

/** Whether a unit with the directive exited with the given status in the measurement. */
export function isDenied(status: string, { name, value }: { name: string; value: string }): boolean {
  const row = denied[status]?.find((candidate) => candidate.name === name);
  return row !== undefined && (row.value?.test(value) ?? !/^(no|false|0|off)$/i.test(value));
}
