import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { once } from "../../core/base/once";

/**
 * Identifies where process IDs refer to the same processes: this host or, on Linux, this host until it restarts, and
 * the PID namespace, since a container can have its host's name. Contains no slash.
 */
export const processPlace: () => string = once(() => {
  try {
    const start = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
    const [space = ""] = /\d+/.exec(readlinkSync("/proc/self/ns/pid")) ?? [];
    return `${hostname()}:${start}:${space}`;
  } catch {
    return hostname();
  }
});

/** Names a process at this place: its ID and, on Linux, its start time in clock ticks, since IDs are reused. */
export function nameOf(pid: number): string {
  const began = beginOf(pid);
  return began === undefined ? `${pid}` : `${pid}.${began}`;
}

/** Whether the process that had this name is running. If start times are unknown, any process with its ID counts. */
export function isRunning(name: string): boolean {
  const [pid, began] = name.split(".").map(Number);
  if (pid === undefined || !exists(pid)) return false;
  const now = beginOf(pid);
  return now !== "ended" && (began === undefined || now === undefined || now === began);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Fields 3 and 22 of /proc/PID/stat, counted after the name in parentheses, which can contain anything. */
function beginOf(pid: number): number | "ended" | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "ended" : Number(fields[19]);
  } catch {
    return undefined;
  }
}
