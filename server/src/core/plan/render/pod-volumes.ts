import type { ContainerSpec, Mount, Tmpfs } from "../../container/spec";
import { canonicalPath, cgroupPath } from "../../systemd/paths";
import type { Value } from "../../yaml/write";

/** What a pod mounts: its volumes, the mounts of its container, and the mounts of the spec that these represent. */
export interface PodVolumes {
  readonly volumes: readonly Value[];
  readonly volumeMounts: readonly Value[];
  /** The mounts without options for which a pod has no key. */
  readonly mounts: readonly Mount[];
  readonly tmpfs: readonly Tmpfs[];
}

/**
 * The volumes of a pod for the mounts of a container: a tmpfs becomes an `emptyDir` in memory, a bind mount a
 * `hostPath`, a named volume a claim of the same name, and an anonymous volume an `emptyDir`. The host's cgroup tree
 * is never mounted, because it contains the cgroups of all pods.
 */
export function podVolumes(run: ContainerSpec): PodVolumes {
  const mounts = run.mounts.filter(isSaid).map(({ type, source, target, readOnly }) => ({
    ...{ type, ...(source !== undefined && { source }), target, readOnly },
  }));
  const targets = new Set(mounts.map(({ target }) => target));
  const tmpfs = run.tmpfs.filter(({ path }) => isMountable(path) && !targets.has(path));
  const claims = mounts.flatMap(({ type, source }) => (type === "volume" ? (source ?? []) : []));
  const volumes = new Map<string, Record<string, Value>>(
    claims.map((name) => [name, { persistentVolumeClaim: { claimName: name } }]),
  );
  const added = (path: string, volume: Record<string, Value>) => {
    const name = freeName(path, volumes);
    volumes.set(name, volume);
    return { name, mountPath: path };
  };
  const ofMount = ({ type, source, target, readOnly }: Mount) => ({
    ...(type === "bind"
      ? added(target, { hostPath: { path: source ?? target } })
      : source === undefined
        ? added(target, { emptyDir: {} })
        : { name: source, mountPath: target }),
    ...(readOnly && { readOnly }),
  });
  const volumeMounts = [
    ...tmpfs.map(({ path }) => added(path, { emptyDir: { medium: "Memory" } })),
    ...mounts.map(ofMount),
  ];
  return {
    volumes: [...volumes].map(([name, volume]) => ({ name, ...volume })),
    volumeMounts,
    mounts,
    tmpfs: tmpfs.map(({ path }) => ({ path, options: [] })),
  };
}

function isSaid({ type, source, target }: Mount): boolean {
  if (!isMountable(target)) return false;
  if (type === "bind") return source?.startsWith("/") === true;
  return source === undefined || /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(source);
}

function isMountable(path: string): boolean {
  return (
    path.startsWith("/") && !path.includes(":") && !`${canonicalPath(path)}/`.startsWith(`${cgroupPath}/`)
  );
}

/** An unused volume name for a path: `run-lock`, `run-lock-2`. */
function freeName(path: string, taken: ReadonlyMap<string, unknown>): string {
  const plain = path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 58)
    .replace(/^-|-$/g, "");
  for (let count = 1; ; count++) {
    const name = `${plain || "root"}${count === 1 ? "" : `-${count}`}`;
    if (!taken.has(name)) return name;
  }
}
