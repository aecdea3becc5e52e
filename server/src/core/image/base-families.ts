import type { BaseImage } from "./base-image";

export const halt = "SIGRTMIN+3";
export const cgroupVolume = ["/sys/fs/cgroup"];

/**
 * Debian releases: number, code name, systemd version. Version 7 and older boot with SysV init. The unstable branch
 * had systemd 262 when the lab last booted it, and its version never decreases.
 */
const debianReleases: readonly (readonly [string, string, number | undefined])[] = [
  ["6", "squeeze", undefined],
  ["7", "wheezy", undefined],
  ["8", "jessie", 215],
  ["9", "stretch", 232],
  ["10", "buster", 241],
  ["11", "bullseye", 247],
  ["12", "bookworm", 252],
  ["13", "trixie", 257],
  ["sid", "unstable", 262],
];

/** Ubuntu releases. 14.04 and older boot with Upstart. */
const ubuntuReleases: readonly (readonly [string, string, number | undefined])[] = [
  ["12.04", "precise", undefined],
  ["14.04", "trusty", undefined],
  ["16.04", "xenial", 229],
  ["16.10", "yakkety", 231],
  ["17.04", "zesty", 232],
  ["17.10", "artful", 234],
  ["18.04", "bionic", 237],
  ["18.10", "cosmic", 239],
  ["19.04", "disco", 240],
  ["19.10", "eoan", 242],
  ["20.04", "focal", 245],
  ["20.10", "groovy", 246],
  ["21.04", "hirsute", 247],
  ["21.10", "impish", 248],
  ["22.04", "jammy", 249],
  ["22.10", "kinetic", 251],
  ["23.04", "lunar", 252],
  ["23.10", "mantic", 253],
  ["24.04", "noble", 255],
  ["24.10", "oracular", 256],
  ["25.04", "plucky", 257],
  ["25.10", "questing", 257],
  ["26.04", "resolute", 259],
];

/** The systemd version of each release, for distributions whose version number determines it. */
export const systemdOf: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  fedora: {
    24: 229,
    25: 231,
    26: 233,
    27: 234,
    28: 238,
    29: 239,
    30: 241,
    31: 243,
    32: 245,
    33: 246,
    34: 248,
    35: 249,
    36: 250,
    37: 251,
    38: 253,
    39: 254,
    40: 255,
    41: 256,
    42: 257,
    43: 258,
    44: 259,
  },
  el: { 7: 219, 8: 239, 9: 252, 10: 257 },
  amazonlinux: { 2: 219, 2023: 252 },
  leap: { "15.0": 234, 15.1: 234, 15.2: 234, 15.3: 246, 15.4: 249, 15.5: 249, 15.6: 254, "16.0": 257 },
};

const apt = "apt-get update && apt-get install -y systemd systemd-sysv dbus && rm -rf /var/lib/apt/lists/*";

export function debian(tag: string): BaseImage {
  const release = debianReleases.find(([number, name]) => tagStarts(tag, number) || tagStarts(tag, name));
  const [number, , systemd] = release ?? [];
  const old = number === "6" || number === "7";
  return {
    family: "debian",
    name: number ? `debian:${number}` : named("debian", tag),
    systemdVersion: systemd,
    hasSystemd: number === "8" ? "unknown" : "no",
    bootsSystemd: false,
    otherInit: old ? "SysV init" : undefined,
    initPath: "/sbin/init",
    install: old ? undefined : apt,
    sh: "dash",
  };
}

export function ubuntu(tag: string): BaseImage {
  const release = ubuntuReleases.find(([number, name]) => tagStarts(tag, number) || tagStarts(tag, name));
  const [number, , systemd] = release ?? [];
  const old = number === "12.04" || number === "14.04";
  return {
    family: "ubuntu",
    name: number ? `ubuntu:${number}` : named("ubuntu", tag),
    systemdVersion: systemd,
    hasSystemd: number === "16.04" ? "unknown" : "no",
    bootsSystemd: false,
    otherInit: old ? "Upstart" : undefined,
    initPath: "/sbin/init",
    install: old ? undefined : apt,
    sh: "dash",
  };
}

/** A distribution with RPM packages. `manager` is dnf, yum or microdnf. */
export function rpm(
  name: string,
  systemd: number | undefined,
  hasSystemd: BaseImage["hasSystemd"],
  manager = "dnf",
): BaseImage {
  return {
    family: "rpm",
    name,
    systemdVersion: systemd,
    hasSystemd,
    bootsSystemd: false,
    initPath: "/usr/sbin/init",
    install: `${manager} -y install systemd && ${manager} clean all`,
    sh: "bash",
  };
}

export function fedora(tag: string): BaseImage {
  const number = /^\d+/.exec(tag)?.[0];
  const systemd = number === undefined ? undefined : systemdOf.fedora?.[number];
  // The base image contained systemd until mid-2020.
  const has = number !== undefined && Number(number) < 33 ? "unknown" : "no";
  return rpm(
    number ? `fedora:${number}` : named("fedora", tag),
    systemd,
    has,
    tag.endsWith("-minimal") ? "microdnf" : "dnf",
  );
}

export function centos(tag: string): BaseImage {
  const stream = tag.startsWith("stream");
  // The last release under this tag was 8.
  const number = /^(latest)?$/.test(tag) ? "8" : /^(?:centos|stream)?(\d+)/.exec(tag)?.[1];
  if (number === "5" || number === "6") {
    return { ...rpm(`centos:${number}`, undefined, "no", "yum"), install: undefined, otherInit: "Upstart" };
  }
  const systemd = number === undefined ? undefined : systemdOf.el?.[number];
  const manager = number === "7" ? "yum" : "dnf";
  const name = number ? `centos:${stream ? "stream" : ""}${number}` : named("centos", tag);
  return rpm(name, systemd, number === "7" ? "yes" : "unknown", manager);
}

/**
 * Rebuilds of RHEL: the tag begins with the major release, `-minimal` variants use microdnf, and init variants boot.
 */
export function rebuild(
  distribution: string,
  tag: string,
  has: (major: string) => BaseImage["hasSystemd"],
): BaseImage {
  const major = /^\d+/.exec(tag)?.[0];
  const name = major ? `${distribution}:${major}` : named(distribution, tag);
  const systemd = major === undefined ? undefined : systemdOf.el?.[major];
  const manager = /minimal|slim/.test(tag) && major !== "7" ? "microdnf" : major === "7" ? "yum" : "dnf";
  if (major === "5" || major === "6")
    return {
      ...rpm(name, undefined, "no", "yum"),
      install: undefined,
      otherInit: major === "6" ? "Upstart" : "SysV init",
    };
  const image = rpm(name, systemd, /minimal|micro|slim/.test(tag) ? "no" : has(major ?? ""), manager);
  return /-init\b/.test(tag) ? boots(image, { stopSignal: halt }) : image;
}

/** An image whose own CMD starts systemd. */
export function boots(image: BaseImage, more: Partial<BaseImage> = {}): BaseImage {
  return { ...image, hasSystemd: "yes", bootsSystemd: true, cmd: [image.initPath], ...more };
}

export function suse(name: string, systemd: number | undefined): BaseImage {
  return {
    family: "suse",
    name,
    systemdVersion: systemd,
    hasSystemd: "no",
    bootsSystemd: false,
    // In Leap 15, /sbin/init is in a separate package.
    initPath: "/usr/lib/systemd/systemd",
    install: "zypper -n install systemd && zypper clean -a",
    sh: "bash",
  };
}

export const noSystemd = (name: string, sh: BaseImage["sh"], otherInit?: string): BaseImage => ({
  family: "none",
  name,
  hasSystemd: "no",
  bootsSystemd: false,
  otherInit,
  initPath: "/sbin/init",
  sh,
});

/** Images for hosts or virtual machines. They boot systemd, but not as PID 1 of a container. */
export const machine = (name: string): BaseImage => ({
  ...rpm(name, undefined, "yes"),
  otherInit: "the init of a bootable image",
  install: undefined,
});

/** A distribution with the packages of a family but a different init. */
export function withOtherInit(image: BaseImage, name: string, otherInit: string): BaseImage {
  return { ...image, name, systemdVersion: undefined, install: undefined, otherInit };
}

/** Whether the tag begins with the release: `12`, `12.5-slim`, `bookworm-20240101`. */
function tagStarts(tag: string, release: string): boolean {
  return tag.startsWith(release) && !/^[a-z0-9]/.test(tag.slice(release.length));
}

export function named(distribution: string, tag: string): string {
  return tag === "" ? distribution : `${distribution}:${tag}`;
}
