import { flags, words } from "../../container/flags";
import type { ContainerSpec } from "../../container/spec";
import { canonicalPath, isCgroupRoot, lockPath, runPath, tmpPath } from "../../systemd/paths";

/** The `docker run` command line of a run, one word an item; `reference` is the image. */
export function dockerArguments(spec: ContainerSpec, reference: string): string[] {
  const own = dockerRun(spec);
  return ["docker", "run", "-d", ...flags(own), reference, ...words(own)];
}

/** The `podman run` command line of a run, without what Podman sets up for systemd automatically. */
export function podmanArguments(spec: ContainerSpec, reference: string): string[] {
  const own = podmanRun(spec);
  return ["podman", "run", "-d", ...flags(own), reference, ...words(own)];
}

/** Flags of `podman run` that Docker refuses. */
const podmanAlone = /^(replace|rmi|no-hosts|env-host|read-only-tmpfs|tls-verify|http-proxy)$/;

/** A run without what only Podman knows. */
export function dockerRun({ systemd: _, ...spec }: ContainerSpec): ContainerSpec {
  if (!spec.others) return spec;
  const others = Object.entries(spec.others).filter(([name]) => !podmanAlone.test(name));
  return { ...spec, others: Object.fromEntries(others) };
}

/** What Podman mounts in systemd mode (libpod/container_internal_linux.go). */
const podmanMounts = new Set([runPath, lockPath, tmpPath, "/var/log/journal"]);

/**
 * What Podman needs to know of a run: in systemd mode it makes the cgroup tree writable in a private namespace, mounts the tmpfs, sets
 * `container=podman`, and refuses `writable-cgroups`.
 */
export function podmanRun(spec: ContainerSpec): ContainerSpec {
  const { container, ...environment } = spec.environment;
  return {
    ...spec,
    cgroupNamespace: undefined,
    securityOptions: spec.securityOptions.filter((option) => !option.startsWith("writable-cgroups")),
    mounts: spec.mounts.filter(({ target }) => !isCgroupRoot(target)),
    tmpfs: spec.tmpfs.filter(({ path }) => !podmanMounts.has(canonicalPath(path))),
    environment: container === undefined || container === "docker" ? environment : spec.environment,
    ...(spec.others && { others: { ...spec.others, ...podmanNetworks(spec.others.network) } }),
  };
}

/** Docker's `name=NET,alias=A` is `NET:alias=A` to Podman. */
function podmanNetworks(networks: readonly string[] | undefined): { network?: readonly string[] } {
  return networks ? { network: networks.map((value) => value.replace(/^name=([^,]*),/, "$1:")) } : {};
}
