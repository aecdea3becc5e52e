import {
  boots,
  centos,
  cgroupVolume,
  debian,
  fedora,
  halt,
  machine,
  named,
  noSystemd,
  rebuild,
  rpm,
  suse,
  systemdOf,
  ubuntu,
  withOtherInit,
} from "./base-families";
import type { BaseImage } from "./base-image";
import type { Row } from "./base-row";
import { publishedImages } from "./published-images";

/** The project's Containerfiles for 9 and 10 install systemd; the one for 8 does not mention it. */
function almalinuxHas(major: string): BaseImage["hasSystemd"] {
  return /^(9|10)$/.test(major) ? "yes" : "unknown";
}

/** `mcr.microsoft.com/devcontainers/base:debian-12`, `…/python:3.12-bookworm`: the release is part of the tag. */
function devcontainer(tag: string): BaseImage | undefined {
  const numbered = /(?:^|-)debian-(\d+)/.exec(tag)?.[1];
  const parts = tag.split("-");
  const releases = [
    ...(numbered ? [debian(numbered)] : []),
    ...parts.flatMap((part) => (/^[a-z]/.test(part) ? [debian(part)] : [])),
    ...parts.map(ubuntu),
  ];
  // `base:ubuntu` names only the distribution, since its release changes.
  const named = parts.includes("ubuntu") ? ubuntu("") : parts.includes("debian") ? debian("") : undefined;
  const found = releases.find(({ systemdVersion }) => systemdVersion !== undefined) ?? named;
  // The feature common-utils installs the script (devcontainers/features, src/common-utils/bin/systemctl).
  return found
    ? { ...found, hasSystemd: "unknown", systemctlStub: "/usr/local/bin/systemctl" }
    : onAlpine(tag);
}

/** Many images have an Alpine variant, which the tag indicates. */
function onAlpine(tag: string): BaseImage | undefined {
  return /(^|-)alpine/.test(tag) ? noSystemd("alpine", "busybox", "OpenRC or BusyBox init") : undefined;
}

/** The Debian release in a tag that also contains other words: `3.12-slim-bookworm`. */
function debianIn(tag: string): string | undefined {
  return tag.split("-").findLast((part) => debian(part).systemdVersion !== undefined && /^[a-z]/.test(part));
}

/** Rows are tried from first to last; the first row with a matching name applies. */
export const baseTable: readonly Row[] = [
  { names: /^(?:debian\/)?debian$/, read: debian },
  { names: /^(?:ubuntu\/)?ubuntu$/, read: ubuntu },
  {
    // Fedora's registry sets `container` since Fedora 30 (freeipa-container tests for it); Docker Hub's build does
    // not.
    names: /^fedora$/,
    read: (tag, _, registry) =>
      registry === "registry.fedoraproject.org" && !/^[12]?\d(?!\d)/.test(tag)
        ? { ...fedora(tag), env: { container: "oci" } }
        : fedora(tag),
  },
  { names: /^(?:fedora\/fedora|(?:fedora\/)?fedora-minimal)$/, read: fedora },
  { names: /^(?:centos\/)?centos$/, read: centos },
  {
    names: /^centos\/systemd$/,
    read: () =>
      boots(centos("7"), { env: { container: "docker" }, volumes: cgroupVolume, deletedWants: true }),
  },
  {
    // Version 8 lost systemd while the images of 8.7 were built, version 9 after 9.0 (sig-cloud-instance-images issue
    // 39). The project's own image of 9 sets `container` (freeipa-container tests for it), but that of 8 does not.
    names: /^(rockylinux\/)?rockylinux$/,
    read: (tag, [own = ""]) => {
      const has = (major: string) => (major === "8" || /^9\.0\b/.test(tag) ? "unknown" : "no");
      const image = rebuild("rockylinux", tag, has);
      return own !== "" && /^9/.test(tag) ? { ...image, env: { container: "oci" } } : image;
    },
  },
  {
    names: /^(?:almalinux\/|almalinuxorg\/)?almalinux$/,
    read: (tag) => rebuild("almalinux", tag, almalinuxHas),
  },
  {
    names: /^(?:almalinux|almalinuxorg)\/(\d+)(?:-kitten)?(-[a-z]+)?$/,
    read: (_, [major = "", variant = ""]) => rebuild("almalinux", major + variant, almalinuxHas),
  },
  {
    names: /^(?:redhat\/)?ubi(\d+)(?:\/ubi)?-init$/,
    read: (_, [major = ""]) => ({
      ...boots(rpm(`ubi${major}-init`, systemdOf.el?.[major], "yes", major === "7" ? "yum" : "dnf"), {
        initPath: "/sbin/init",
        cmd: ["/sbin/init"],
        env: { container: "oci" },
        stopSignal: halt,
      }),
    }),
  },
  {
    // Its Dockerfile has the same settings as that of ubi-init.
    names: /^(?:rhel\d+\/)?rhel(\d+)?(?:-init|\/rhel-init)$/,
    read: (tag, [major = ""]) =>
      boots(
        rpm(named(`rhel${major}-init`, tag), systemdOf.el?.[major], "yes", major === "7" ? "yum" : "dnf"),
        { initPath: "/sbin/init", cmd: ["/sbin/init"], env: { container: "oci" }, stopSignal: halt },
      ),
  },
  {
    names: /^(?:redhat\/)?ubi(\d+)(?:\/ubi)?(-minimal|-micro)?$/,
    read: (_, [major = "", variant = ""]) => ({
      ...rebuild(`ubi${major}`, major + variant, () => "unknown"),
      name: `ubi${major}${variant}`,
      env: { container: "oci" },
    }),
  },
  {
    names: /^(?:os\/|oracle\/)?oraclelinux$/,
    read: (tag) => rebuild("oraclelinux", tag, (major) => (/^[78]$/.test(major) ? "yes" : "unknown")),
  },
  {
    names: /^(?:amazonlinux\/)?amazonlinux$/,
    read: (tag) => {
      const release = /^(2023|2018|2017|2016|2022|2|1)\b/.exec(tag)?.[1];
      if (release === undefined || release === "2022") return rpm(named("amazonlinux", tag), undefined, "no");
      if (/^(1|201\d)$/.test(release))
        return { ...rpm("amazonlinux:1", undefined, "no", "yum"), install: undefined, otherInit: "Upstart" };
      return rpm(
        `amazonlinux:${release}`,
        systemdOf.amazonlinux?.[release],
        "no",
        release === "2" ? "yum" : "dnf",
      );
    },
  },
  {
    names: /^(?:opensuse\/)?(?:bci|suse)\/bci-init$|^(?:opensuse\/)?bci-init$/,
    read: (tag) => boots(suse(named("bci-init", tag), systemdOf.leap?.[tag])),
  },
  { names: /^(?:opensuse\/)?leap$/, read: (tag) => suse(named("opensuse/leap", tag), systemdOf.leap?.[tag]) },
  { names: /^(?:opensuse\/)?tumbleweed$/, read: () => suse("opensuse/tumbleweed", undefined) },
  { names: /^opensuse$/, read: (tag) => suse(named("opensuse", tag), undefined) },
  {
    names: /^(?:opensuse\/)?(?:bci|suse)\/bci-base$/,
    read: (tag) => suse(named("bci-base", tag), systemdOf.leap?.[tag]),
  },
  {
    names: /^archlinux(?:\/archlinux|\/base)?$/,
    read: () => ({
      family: "arch",
      name: "archlinux",
      hasSystemd: "yes",
      bootsSystemd: false,
      initPath: "/usr/lib/systemd/systemd",
      install: "pacman -Syu --noconfirm systemd systemd-sysvcompat && pacman -Scc --noconfirm",
      sh: "bash",
    }),
  },
  {
    names: /^kindest\/(?:node|base)$/,
    read: (tag) =>
      boots(
        { ...debian(""), name: named("kindest/node", tag) },
        {
          entrypoint: ["/usr/local/bin/entrypoint", "/sbin/init"],
          cmd: undefined,
          env: { container: "docker" },
          stopSignal: halt,
        },
      ),
  },
  ...publishedImages,
  {
    names: /^(?:freeipa\/)?freeipa-server$/,
    read: (tag) =>
      boots(
        /^fedora-/.test(tag)
          ? fedora(tag.slice("fedora-".length))
          : rpm(named("freeipa-server", tag), undefined, "yes"),
        {
          entrypoint: ["/usr/local/sbin/init"],
          cmd: undefined,
          subcommands: ["ipa-server-install", "ipa-replica-install", "no-exit", "exit-on-finished"],
          env: { container: "oci" },
          stopSignal: halt,
          volumes: ["/tmp", "/run", "/data"],
        },
      ),
  },
  {
    names:
      /(?:^|[/-])(?:bootc|fedora-coreos|fedora-silverblue)$|-bootc$|^(?:ublue-os|fedora-ostree-desktops)\//,
    read: (tag) => machine(named("bootc", tag)),
  },
  { names: /^(?:devcontainers|vscode\/devcontainers)\/.+$/, read: devcontainer },
  {
    names: /^(?:devuan\/devuan|dyne\/devuan|devuan)$/,
    read: (tag) => withOtherInit(debian(""), named("devuan", tag), "SysV init"),
  },
  {
    names: /^ubuntu-upstart$/,
    read: (tag) => withOtherInit(ubuntu(""), named("ubuntu-upstart", tag), "Upstart"),
  },
  {
    names: /^(?:sl|scientificlinux\/sl|rhel6|rhel6\/rhel)$/,
    read: (tag) =>
      tag.startsWith("7")
        ? rpm(named("sl", tag), 219, "unknown", "yum")
        : rebuild("sl", `6${tag.slice(1)}`, () => "no"),
  },
  {
    // runit, dinit or OpenRC, unless the tag names another init.
    names: /^(voidlinux\/.+|void-linux\/.+|artixlinux\/.+|gentoo\/stage3)$/,
    read: (tag, [own = ""]) =>
      tag.includes("systemd") ? undefined : noSystemd(named(own, tag), "unknown", "another init"),
  },
  { names: /^alpine$/, read: (tag) => noSystemd(named("alpine", tag), "busybox", "OpenRC or BusyBox init") },
  { names: /^busybox$/, read: (tag) => noSystemd(named("busybox", tag), "busybox", "BusyBox init") },
  { names: /^distroless\/.+$/, read: () => noSystemd("distroless", "unknown") },
  { names: /^kalilinux\/kali-rolling$/, read: () => ({ ...debian(""), name: "kali" }) },
  {
    // Official images that set no stop signal and start nothing before CMD. The tag names the underlying release.
    names: /^(buildpack-deps|gcc|golang|perl|python|ruby|rust)$/,
    read: (tag, [own = ""]) => {
      const release = debianIn(tag);
      return release === undefined ? onAlpine(tag) : { ...debian(release), name: named(own, tag) };
    },
  },
  // Third-party images with Alpine in their name. Alpine has no systemd package.
  { names: /^(?!.*systemd).*(?:^|[/_-])alpine(?:[\d._-]|$)/, read: () => onAlpine("alpine") },
  { names: /./, read: onAlpine },
];
