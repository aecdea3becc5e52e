import { flags, words } from "../../container/flags";
import type { ContainerSpec } from "../../container/spec";
import { canonicalPath, isCgroupRoot, lockPath, runPath, tmpPath } from "../../systemd/paths";

/** The `docker run` command line for a container, as a list of words; `reference` is the image. */
export function dockerArguments(spec: ContainerSpec, reference: string): string[] {
  return ["docker", "run", "-d", ...flags(spec), reference, ...words(spec)];
}

/** The `podman run` command line for a container, without anything that Podman sets up automatically for systemd. */
export function podmanArguments(spec: ContainerSpec, reference: string): string[] {
  const own = podmanRun(spec);
  return ["podman", "run", "-d", ...flags(own), reference, ...words(own)];
}

/** What Podman mounts in systemd mode (libpod/container_internal_linux.go). */
const podmanMounts = new Set([runPath, lockPath, tmpPath, "/var/log/journal"]);

/**
 * The settings that Podman needs for a container. In systemd mode, Podman makes the cgroup tree writable in a private
 * namespace, mounts the tmpfs, sets `container=podman`, and rejects `writable-cgroups`.
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

/** Docker's `name=NET,alias=A` is written as `NET:alias=A` for Podman. */
function podmanNetworks(networks: readonly string[] | undefined): { network?: readonly string[] } {
  return networks ? { network: networks.map((value) => value.replace(/^name=([^,]*),/, "$1:")) } : {};
}
