import { type Finding, finding, unknown, yesNo } from "./check";
import type { EngineDetails } from "./engine";

export function cgroupVersion({ cgroupVersion: value, engine }: EngineDetails): Finding {
  if (value === 2) {
    return finding(
      "good",
      "2",
      "cgroup-version.2",
      "Every systemd from 230 on boots; from 258 on it boots on nothing else.",
    );
  }
  if (value === 1) {
    return finding(
      "cost",
      "1",
      `cgroup-version.1.${engine}`,
      engine === "podman"
        ? "systemd 258 and newer do not boot (exit 255); older ones need the host's tree. Podman 6 does not support cgroup v1."
        : "systemd 258 and newer do not boot (exit 255); older ones need the host's tree. Docker drops cgroup v1 no later than May 2029.",
    );
  }
  return finding(
    "note",
    unknown,
    "cgroup-version.unknown",
    "The engine does not say (Docker does since 20.10): cgroup v1 is likely.",
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
      'A rootless engine has control groups to hand on only with the driver systemd and a delegated tree (`loginctl enable-linger`): otherwise PID 1 ends with "Permission denied".',
    );
  }
  if (usernsRemap && value === "cgroupfs") {
    return finding(
      "bad",
      value,
      "cgroup-driver.userns",
      "The remapped root may not write to groups that this driver made (exit 255, measured on Docker 28.5).",
    );
  }
  if (value === "systemd") {
    return finding(
      "good",
      value,
      "cgroup-driver.systemd",
      "The host's systemd makes the container's group and leaves what is below to the container.",
    );
  }
  return finding("good", value, "cgroup-driver.cgroupfs", "The engine makes the container's group itself.");
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
      "The container sees only its own part of the tree. A mount of the host's `/sys/fs/cgroup` then needs `--cgroupns=host` beside it (exit 255 without).",
    );
  }
  if (version === 1) {
    return finding(
      "note",
      "host",
      "cgroup-namespace.v1",
      "The default on cgroup v1, and what systemd needs there.",
    );
  }
  return finding(
    "note",
    "host",
    "cgroup-namespace.host",
    "The daemon was configured so: the container sees the host's whole tree. What is started from here says which namespace it wants.",
  );
}

export function rootless({ rootless: value, engine, cgroupVersion: version }: EngineDetails): Finding {
  if (!value)
    return finding("good", yesNo(value), "rootless.no", "The engine may set up whatever systemd needs.");
  if (engine === "podman") {
    return finding(
      "good",
      "yes",
      "rootless.podman",
      "Podman prepares systemd all the same. Ports below 1024 cannot be published, and limits need a delegated tree.",
    );
  }
  if (version === 1) {
    return finding("bad", "yes", "rootless.v1", "On cgroup v1 a rootless Docker has no tree to hand on.");
  }
  return finding(
    "cost",
    "yes",
    "rootless.docker",
    "`writable-cgroups` is refused: systemd needs the user's delegated tree (`loginctl enable-linger`).",
  );
}

export function usernsRemap({ usernsRemap: value, engine }: EngineDetails): Finding | undefined {
  if (engine === "podman") return undefined;
  if (!value)
    return finding(
      "good",
      yesNo(value),
      "userns.no",
      "root in the container is root for its control groups.",
    );
  return finding(
    "cost",
    "yes",
    "userns.yes",
    "`writable-cgroups` is refused, as the tree is mounted writable already; whether the remapped root may write there hangs on the cgroup driver.",
  );
}
