import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { run } from "./process";

/** Why this host can't run engines of that cgroup version in private namespaces; undefined when it can. */
export async function obstacle(cgroupVersion: 1 | 2): Promise<string | undefined> {
  if (process.platform !== "linux") return `engines of our own need Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "engines of our own need root";
  const attempt = "mount -t tmpfs tmpfs /mnt && mount -t proc proc /proc";
  const unshare = ["unshare", "--mount", "--pid", "--cgroup", "--fork", "sh", "-c", attempt];
  const namespaces = await run(unshare).catch((error: Error) => ({ code: 1, stderr: error.message }));
  if (namespaces.code !== 0) return `namespaces and mounts are not allowed here: ${namespaces.stderr.trim()}`;
  const hierarchies = await ownHierarchies();
  if (!hierarchies.some(({ names }) => names === "")) return "no cgroup2 is mounted here";
  if (cgroupVersion === 2) return undefined;
  const controllers = new Set(hierarchies.flatMap(({ names }) => names.split(",")));
  const missing = ["name=systemd", "devices", "memory", "pids"].filter((name) => !controllers.has(name));
  if (missing.length === 0) return undefined;
  return `not mounted as cgroup v1 here: ${missing.join(", ")} (a cgroup v2 machine keeps its controllers)`;
}

/**
 * The control groups to make for an engine, below this process's own so that its limits apply to
 * them: one in cgroup2, and for a cgroup v1 engine one in every other hierarchy.
 */
export async function groupsFor(id: string, cgroupVersion: 1 | 2): Promise<string[]> {
  const hierarchies = await ownHierarchies();
  const wanted = cgroupVersion === 1 ? hierarchies : hierarchies.filter(({ names }) => names === "");
  return wanted.map(({ folder }) => join(folder, `systemd-containers-lab.${id}`));
}

interface Hierarchy {
  /** Controllers of a v1 hierarchy as the kernel lists them, with commas; empty for cgroup2. */
  names: string;
  /** This process's own control group. */
  folder: string;
}

async function ownHierarchies(): Promise<Hierarchy[]> {
  const [memberships, mounts] = await Promise.all([
    readFile("/proc/self/cgroup", "utf8"),
    readFile("/proc/self/mountinfo", "utf8"),
  ]);
  const mounted = mounts.split("\n").flatMap((line) => {
    const [left = "", right = ""] = line.split(" - ");
    const [, , , root = "", point = ""] = left.split(" ");
    const [type, , options = ""] = right.split(" ");
    return type === "cgroup" || type === "cgroup2"
      ? [{ type, root, point, options: options.split(",") }]
      : [];
  });
  return memberships.split("\n").flatMap((line) => {
    const [, names, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (names === undefined || path === undefined) return [];
    const mount = mounted.find(({ type, options }) =>
      names === "" ? type === "cgroup2" : names.split(",").every((name) => options.includes(name)),
    );
    if (!mount) return [];
    const folder = join(mount.point, relative(mount.root, path));
    return existsSync(folder) ? [{ names, folder }] : [];
  });
}
