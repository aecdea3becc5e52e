import { type Finding, finding, unknown, yesNo } from "./check";
import type { EngineDetails } from "./engine";

export function cgroupVersion({ cgroupVersion: value, engine }: EngineDetails): Finding {
  if (value === 2) {
    return finding(
      "good",
      "2",
      "cgroup-version.2",
      "systemd 230 and later boot here. systemd 258 and later require cgroup v2.",
    );
  }
  if (value === 1) {
    return finding(
      "cost",
      "1",
      `cgroup-version.1.${engine}`,
      engine === "podman"
        ? "systemd 258 and later do not boot (exit code 255); older versions need the host's cgroup tree. Podman 6 does not support cgroup v1."
        : "systemd 258 and later do not boot (exit code 255); older versions need the host's cgroup tree. Docker will remove support for cgroup v1 no later than May 2029.",
    );
  }
  return finding(
    "note",
    unknown,
    "cgroup-version.unknown",
    "The engine does not report the cgroup version. Docker 20.10 and later report it, so cgroup v1 is likely.",
  );
}

export function cgroupDriver({
  cgroupDriver: value,
  rootless,
  usernsRemap,
}: EngineDetails): Finding | undefined {
  if (value === undefined) return undefined;
  if (rootless && value !== "systemd") {
    return finding(
      "bad",
      value,
      "cgroup-driver.rootless",
      'A rootless engine can delegate cgroups only with the systemd driver and a delegated tree (`loginctl enable-linger`). Otherwise, PID 1 exits with "Permission denied".',
    );
  }
  if (usernsRemap && value === "cgroupfs") {
    return finding(
      "bad",
      value,
      "cgroup-driver.userns",
      "The remapped root user cannot write to the cgroups that this driver creates (exit code 255, measured on Docker 28.5).",
    );
  }
  if (value === "systemd") {
    return finding(
      "good",
      value,
      "cgroup-driver.systemd",
      "The host's systemd creates the container's cgroup and delegates it to the container.",
    );
  }
  return finding(
    "good",
    value,
    "cgroup-driver.cgroupfs",
    "The engine creates the container's cgroup directly.",
  );
}

export function cgroupNamespace({
  engine,
  privateCgroups,
  cgroupVersion: version,
}: EngineDetails): Finding | undefined {
  if (engine === "podman" || privateCgroups === undefined) return undefined;
  if (privateCgroups) {
    return finding(
      "good",
      "private",
      "cgroup-namespace.private",
      "The container sees only its own part of the tree. A mount of the host's `/sys/fs/cgroup` also needs `--cgroupns=host` (exit with code 255 without it).",
    );
  }
  if (version === 1) {
    return finding(
      "note",
      "host",
      "cgroup-namespace.v1",
      "This is the default on cgroup v1, where systemd needs it.",
    );
  }
  return finding(
    "note",
    "host",
    "cgroup-namespace.host",
    "The daemon is configured this way, so containers see the host's entire cgroup tree. This extension sets the namespace explicitly for the containers that it starts.",
  );
}

export function rootless({ rootless: value, engine, cgroupVersion: version }: EngineDetails): Finding {
  if (!value)
    return finding(
      "good",
      yesNo(value),
      "rootless.no",
      "The engine is permitted to set up everything that systemd needs.",
    );
  if (engine === "podman") {
    return finding(
      "good",
      "yes",
      "rootless.podman",
      "Podman also prepares rootless containers for systemd. Ports below 1024 cannot be published, and resource limits need a delegated cgroup tree.",
    );
  }
  if (version === 1) {
    return finding(
      "bad",
      "yes",
      "rootless.v1",
      "Rootless Docker cannot delegate a cgroup tree on cgroup v1.",
    );
  }
  return finding(
    "cost",
    "yes",
    "rootless.docker",
    "`writable-cgroups` is not supported: systemd needs the user's delegated cgroup tree (`loginctl enable-linger`).",
  );
}

export function usernsRemap({ usernsRemap: value, engine }: EngineDetails): Finding | undefined {
  if (engine === "podman") return undefined;
  if (!value)
    return finding("good", yesNo(value), "userns.no", "Root in the container owns the container's cgroups.");
  return finding(
    "cost",
    "yes",
    "userns.yes",
    "`writable-cgroups` is rejected because the cgroup tree is already mounted writable. Whether the remapped root user can write to the tree depends on the cgroup driver.",
  );
}
