import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename, join } from "node:path";

/** A process of a lab. */
export interface LabProcess {
  pid: number;
  command: string;
}

export interface Traces {
  processes: LabProcess[];
  /** Everything found, the processes too, a line each; empty when nothing is there. */
  lines: string[];
}

/**
 * Looks for what a lab leaves on the host, whose directory for temporary files is `folder` and no one
 * else's: processes, mounts, namespaces, control groups, state directories. What was seen once is looked for again
 * at every further look, so look while the lab lives.
 */
export function observer(folder: string): () => Traces {
  const ids = new Set<string>();
  /** When a process of the lab was last seen in it, by namespace. */
  const namespaces = new Map<string, number>();
  return () => {
    const states = stateFolders(folder).map((path) => basename(path));
    for (const name of states) if (!name.startsWith(".")) ids.add(name);
    const now = Number(read("/proc/uptime").split(" ")[0]);
    const all = living();
    const processes = all.filter(({ pid }) => belongs(pid, folder, ids));
    const own = new Set(namespacesOf(process.pid));
    for (const name of processes.flatMap(({ pid }) => namespacesOf(pid))) {
      if (!own.has(name)) namespaces.set(name, now);
    }
    // The kernel reuses numbers: a process that began after this one was last seen might be in another namespace of that number.
    const held = (name: string, last: number) =>
      all.some(({ pid, began }) => began <= last && namespacesOf(pid).includes(name));
    const mine = (line: string) => line.includes(folder) || [...ids].some((id) => line.includes(id));
    return {
      processes,
      lines: [
        ...processes.map(({ pid, command }) => `process ${pid} ${command}`),
        ...[...namespaces].filter(([name, last]) => held(name, last)).map(([name]) => `namespace ${name}`),
        ...read("/proc/self/mountinfo")
          .split("\n")
          .filter(mine)
          .map((line) => `mount ${line}`),
        ...groupsBelow("/sys/fs/cgroup", 6)
          .filter(mine)
          .map((path) => `control group ${path}`),
        ...states.map((name) => `state ${name}`),
      ],
    };
  };
}

/** The state directories of all checkouts, in a directory for temporary files. */
export function stateFolders(folder: string): string[] {
  const checkouts = directories(join(folder, "systemd-containers-lab"));
  return checkouts.flatMap((checkout) => list(checkout).map((name) => join(checkout, name)));
}

interface Process extends LabProcess {
  /** Seconds after the host's start. */
  began: number;
}

/** Processes that are not dead; a dead one waits only for its parent to hear of it. */
function living(): Process[] {
  return list("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = read(`/proc/${name}/stat`);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X" || fields[0] === "") return [];
    const command = read(`/proc/${name}/cmdline`).replaceAll("\0", " ");
    return { pid: Number(name), command, began: Number(fields[19]) / 100 };
  });
}

/** What the lab starts has its environment, and what its engine starts is in its control groups. */
function belongs(pid: number, folder: string, ids: Set<string>): boolean {
  if (read(`/proc/${pid}/environ`).includes(`=${folder}`)) return true;
  const groups = read(`/proc/${pid}/cgroup`);
  return [...ids].some((id) => groups.includes(`.${id}`));
}

function namespacesOf(pid: number): string[] {
  return ["mnt", "pid", "cgroup", "net", "ipc", "uts"].flatMap((kind) => {
    try {
      return readlinkSync(`/proc/${pid}/ns/${kind}`);
    } catch {
      return [];
    }
  });
}

function groupsBelow(folder: string, depth: number): string[] {
  if (depth === 0) return [];
  return directories(folder).flatMap((path) => [path, ...groupsBelow(path, depth - 1)]);
}

function directories(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A process may end while one reads about it. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
