import { type Message, message } from "../base/message";
import { majorVersion } from "../engine";
import { atLeast } from "../plan/adapt";
import { cgroupDriver, cgroupNamespace, cgroupVersion, rootless, usernsRemap } from "./cgroup-checks";
import { type Check, type Finding, finding, unknown } from "./check";
import type { EngineDetails } from "./engine";
import { appArmor, init, noNewPrivileges, seccomp, seLinux } from "./security-checks";

/**
 * The properties that an engine reports, the most important first. Sources: Docker's `GET /info` (moby
 * `daemon/info.go`, `daemon/info_unix.go`) and the measured boots of `core/docs/evidence`.
 */
export function checks(engine: EngineDetails): Check[] {
  const found: [Message, Finding | undefined][] = [
    [message("doctor.version", "Version"), version(engine)],
    [message("doctor.cgroup-version", "cgroup version"), cgroupVersion(engine)],
    [message("doctor.cgroup-driver", "cgroup driver"), cgroupDriver(engine)],
    [message("doctor.cgroup-namespace", "Default cgroup namespace"), cgroupNamespace(engine)],
    [message("doctor.rootless", "Rootless"), rootless(engine)],
    [message("doctor.userns", "userns-remap"), usernsRemap(engine)],
    [message("doctor.apparmor", "AppArmor"), appArmor(engine)],
    [message("doctor.selinux", "SELinux"), seLinux(engine)],
    [message("doctor.seccomp", "seccomp"), seccomp(engine)],
    [message("doctor.no-new-privileges", "no-new-privileges"), noNewPrivileges(engine)],
    [message("doctor.init", "Default init"), init(engine)],
    [message("doctor.builder", "Builder"), builder(engine)],
    [message("doctor.api", "API version"), api(engine)],
    [message("doctor.system", "Operating system"), system(engine)],
  ];
  return found.flatMap(([what, finding]) => (finding ? [{ what, ...finding }] : []));
}

function version(engine: EngineDetails): Finding {
  const { version = unknown } = engine;
  const major = majorVersion(engine);
  if (engine.engine === "podman") {
    return finding(
      "good",
      `Podman ${version}`,
      "version.podman",
      "Podman sets up what systemd needs if it recognizes the command as an init, or if you pass `--systemd=always`.",
    );
  }
  const value = `Docker ${version}`;
  if (major === undefined) {
    return finding("note", value, "version.unknown", "The version cannot be read; assuming a recent one.");
  }
  if (engine.version !== undefined && atLeast(engine, 29, 5)) {
    return finding(
      "good",
      value,
      "version.time",
      "Supports `writable-cgroups`, which makes only the container's own cgroups writable. Docker's private time namespaces (since 29.5) prevent Sysbox 0.7 and Kata from starting.",
    );
  }
  if (major >= 28) {
    return finding(
      "good",
      value,
      "version.new",
      "Supports `writable-cgroups` (since version 28), which makes only the container's own cgroups writable.",
    );
  }
  if (major >= 20) {
    return finding(
      "cost",
      value,
      "version.middle",
      "Does not support `writable-cgroups`, which requires Docker 28, so systemd needs a mount of the host's cgroup tree.",
    );
  }
  return finding(
    "cost",
    value,
    "version.old",
    "Docker before 20.10 supports neither cgroup v2 nor cgroup namespaces, and before 18.09 its API does not support BuildKit.",
  );
}

function builder({ builder: value }: EngineDetails): Finding | undefined {
  switch (value) {
    case "buildkit":
      return finding(
        "good",
        "BuildKit",
        "builder.buildkit",
        "`RUN --mount` and, since Docker 23, heredocs work.",
      );
    case "buildah":
      return finding("good", "Buildah", "builder.buildah", "`RUN --mount` and heredocs work.");
    case "classic":
      return finding("cost", "classic", "builder.classic", "Supports neither `RUN --mount` nor heredocs.");
  }
  return undefined;
}

function api({ apiVersion }: EngineDetails): Finding {
  const [major = 0, minor = 0] = (apiVersion ?? "").split(".").map(Number);
  if (major > 1 || minor >= 41) {
    return finding(
      "good",
      apiVersion ?? unknown,
      "api.new",
      "Reports the cgroup version and supports cgroup namespaces (since 1.41).",
    );
  }
  return finding(
    "note",
    apiVersion ?? unknown,
    "api.old",
    "API versions before 1.41 (Docker 20.10) do not report the cgroup version and do not support cgroup namespaces.",
  );
}

function system({ operatingSystem: value, kernel }: EngineDetails): Finding | undefined {
  if (value === undefined) return undefined;
  const shown = kernel === undefined ? value : `${value}, Linux ${kernel}`;
  if (/Docker Desktop/i.test(value)) {
    return finding(
      "good",
      shown,
      "system.desktop",
      "Docker Desktop runs containers in a virtual machine, with cgroup v2 since 4.3. The properties of this virtual machine apply, not those of your computer.",
    );
  }
  return finding("good", shown, "system.any", "Containers share this kernel.");
}
