import type { ContainerSpec } from "../../container/spec";

/** Flags of `podman run` that Docker rejects. */
const podmanAlone = /^(replace|rmi|no-hosts|env-host|read-only-tmpfs|tls-verify|http-proxy)$/;

/** The spec without the settings that only Podman supports. */
export function dockerRun({ systemd: _, ...spec }: ContainerSpec): ContainerSpec {
  if (!spec.others) return spec;
  const others = Object.entries(spec.others).filter(([name]) => !podmanAlone.test(name));
  return { ...spec, others: Object.fromEntries(others) };
}
