import { type Message, message } from "../base/message";
import { majorVersion } from "../engine";
import { atLeast } from "../plan/adapt";
import { cgroupDriver, cgroupNamespace, cgroupVersion, rootless, usernsRemap } from "./cgroup-checks";
import { type Check, type Finding, finding, unknown } from "./check";
import type { EngineDetails } from "./engine";
import { appArmor, init, noNewPrivileges, seccomp, seLinux } from "./security-checks";

/**
 * What an engine tells of itself, in the order of its weight. Sources: Docker's `GET /info` (moby
 * `daemon/info.go`, `daemon/info_unix.go`) and the measured boots of `core/docs/evidence`.
 */
export function checks(engine: EngineDetails): Check[] {
  const found: [Message, Finding | undefined][] = [
    [message("doctor.version", "Version"), version(engine)],
    [message("doctor.cgroup-version", "cgroup version"), cgroupVersion(engine)],
    [message("doctor.cgroup-driver", "cgroup driver"), cgroupDriver(engine)],
    [message("doctor.cgroup-namespace", "cgroup namespace by default"), cgroupNamespace(engine)],
    [message("doctor.rootless", "Rootless"), rootless(engine)],
    [message("doctor.userns", "userns-remap"), usernsRemap(engine)],
    [message("doctor.apparmor", "AppArmor"), appArmor(engine)],
    [message("doctor.selinux", "SELinux"), seLinux(engine)],
    [message("doctor.seccomp", "seccomp"), seccomp(engine)],
    [message("doctor.no-new-privileges", "no-new-privileges"), noNewPrivileges(engine)],
    [message("doctor.init", "init by default"), init(engine)],
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
      "Podman sets up by itself what systemd needs, when it recognises the command as an init or is told `--systemd=always`.",
    );
  }
  const value = `Docker ${version}`;
  if (major === undefined) {
    return finding("note", value, "version.unknown", "The version cannot be read; a recent one is assumed.");
  }
  if (engine.version !== undefined && atLeast(engine, 29, 5)) {
    return finding(
      "good",
      value,
      "version.time",
      "It knows `writable-cgroups`, which makes the container's own control groups writable and nothing else. Its private time namespaces (since 29.5) keep Sysbox 0.7 and Kata from starting.",
    );
  }
  if (major >= 28) {
    return finding(
      "good",
      value,
      "version.new",
      "It knows `writable-cgroups` (since 28), which makes the container's own control groups writable and nothing else.",
    );
  }
  if (major >= 20) {
    return finding(
      "cost",
      value,
      "version.middle",
      "It does not know `writable-cgroups` (Docker 28): systemd gets its control groups only by a mount of the host's tree.",
    );
  }
  return finding(
    "cost",
    value,
    "version.old",
    "Before 20.10 there is neither cgroup v2 nor a choice of cgroup namespace, and no BuildKit over the API before 18.09.",
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
      return finding("cost", "classic", "builder.classic", "It knows neither `RUN --mount` nor heredocs.");
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
      "It tells the cgroup version and takes a cgroup namespace (since 1.41).",
    );
  }
  return finding(
    "note",
    apiVersion ?? unknown,
    "api.old",
    "Before 1.41 (Docker 20.10) it neither tells the cgroup version nor takes a cgroup namespace.",
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
      "Docker Desktop runs containers in a machine of its own, with cgroup v2 since 4.3: what counts is that machine, not yours.",
    );
  }
  return finding("good", shown, "system.any", "Containers share this kernel.");
}
