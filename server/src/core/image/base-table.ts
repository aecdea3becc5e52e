import type { BaseImage } from "./base-images";

/** One row: which names it is for, and what their tag says. */
export interface Row {
  /** The whole name without registry; groups are handed to `read`. */
  readonly names: RegExp;
  read(tag: string, groups: readonly string[]): BaseImage | undefined;
}

const halt = "SIGRTMIN+3";
const cgroupVolume = ["/sys/fs/cgroup"];

/** Releases of Debian: number, code name, systemd. 7 and older boot by SysV init. */
const debianReleases: readonly (readonly [string, string, number | undefined])[] = [
  ["6", "squeeze", undefined],
  ["7", "wheezy", undefined],
  ["8", "jessie", 215],
  ["9", "stretch", 232],
  ["10", "buster", 241],
  ["11", "bullseye", 247],
  ["12", "bookworm", 252],
  ["13", "trixie", 257],
];

/** Releases of Ubuntu. 14.04 and older boot by Upstart. */
const ubuntuReleases: readonly (readonly [string, string, number | undefined])[] = [
  ["12.04", "precise", undefined],
  ["14.04", "trusty", undefined],
  ["16.04", "xenial", 229],
  ["18.04", "bionic", 237],
  ["20.04", "focal", 245],
  ["22.04", "jammy", 249],
  ["24.04", "noble", 255],
  ["24.10", "oracular", 256],
  ["25.04", "plucky", 257],
  ["25.10", "questing", 257],
  ["26.04", "resolute", 259],
];

/** systemd by release, of distributions whose number says it. */
const systemdOf: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  fedora: {
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
  leap: { 15.2: 234, 15.3: 246, 15.4: 249, 15.5: 249, 15.6: 254, "16.0": 257 },
};

const apt = "apt-get update && apt-get install -y systemd systemd-sysv dbus && rm -rf /var/lib/apt/lists/*";

function debian(tag: string): BaseImage {
  const release = debianReleases.find(([number, name]) => tagStarts(tag, number) || tagStarts(tag, name));
  const [number, , systemd] = release ?? [];
  const old = number === "6" || number === "7";
  return {
    family: "debian",
    name: number ? `debian:${number}` : named("debian", tag),
    systemd,
    hasSystemd: number === "8" ? "unknown" : "no",
    bootsSystemd: false,
    otherInit: old ? "SysV init" : undefined,
    initPath: "/sbin/init",
    install: old ? undefined : apt,
    sh: "dash",
  };
}

function ubuntu(tag: string): BaseImage {
  const release = ubuntuReleases.find(([number, name]) => tagStarts(tag, number) || tagStarts(tag, name));
  const [number, , systemd] = release ?? [];
  const old = number === "12.04" || number === "14.04";
  return {
    family: "ubuntu",
    name: number ? `ubuntu:${number}` : named("ubuntu", tag),
    systemd,
    hasSystemd: number === "16.04" ? "unknown" : "no",
    bootsSystemd: false,
    otherInit: old ? "Upstart" : undefined,
    initPath: "/sbin/init",
    install: old ? undefined : apt,
    sh: "dash",
  };
}

/** A distribution of RPM packages. `manager` is dnf, yum or microdnf. */
function rpm(
  name: string,
  systemd: number | undefined,
  hasSystemd: BaseImage["hasSystemd"],
  manager = "dnf",
): BaseImage {
  return {
    family: "rpm",
    name,
    systemd,
    hasSystemd,
    bootsSystemd: false,
    initPath: "/usr/sbin/init",
    install: `${manager} -y install systemd && ${manager} clean all`,
    sh: "bash",
  };
}

function fedora(tag: string): BaseImage {
  const number = /^\d+/.exec(tag)?.[0];
  const systemd = number === undefined ? undefined : systemdOf.fedora?.[number];
  // The base image held systemd until the middle of 2020.
  const has = number !== undefined && Number(number) < 33 ? "unknown" : "no";
  return rpm(
    number ? `fedora:${number}` : named("fedora", tag),
    systemd,
    has,
    tag.endsWith("-minimal") ? "microdnf" : "dnf",
  );
}

function centos(tag: string): BaseImage {
  const stream = tag.startsWith("stream");
  const number = /^(?:centos|stream)?(\d+)/.exec(tag)?.[1];
  if (number === "5" || number === "6") {
    return { ...rpm(`centos:${number}`, undefined, "no", "yum"), install: undefined, otherInit: "Upstart" };
  }
  const systemd = number === undefined ? undefined : systemdOf.el?.[number];
  const manager = number === "7" ? "yum" : "dnf";
  const name = number ? `centos:${stream ? "stream" : ""}${number}` : named("centos", tag);
  return rpm(name, systemd, number === "7" ? "yes" : "unknown", manager);
}

/** Rebuilds of RHEL: major release from the tag, `-minimal` has microdnf, an init variant boots. */
function rebuild(
  distribution: string,
  tag: string,
  has: (major: string) => BaseImage["hasSystemd"],
): BaseImage {
  const major = /^\d+/.exec(tag)?.[0];
  const name = major ? `${distribution}:${major}` : named(distribution, tag);
  const systemd = major === undefined ? undefined : systemdOf.el?.[major];
  const manager = /minimal|slim/.test(tag) && major !== "7" ? "microdnf" : major === "7" ? "yum" : "dnf";
  const image = rpm(name, systemd, /minimal|micro|slim/.test(tag) ? "no" : has(major ?? ""), manager);
  return /-init\b/.test(tag) ? boots(image, { stopSignal: halt }) : image;
}

/** An image that starts systemd by its own CMD. */
function boots(image: BaseImage, more: Partial<BaseImage> = {}): BaseImage {
  return { ...image, hasSystemd: "yes", bootsSystemd: true, cmd: [image.initPath], ...more };
}

function suse(name: string, systemd: number | undefined): BaseImage {
  return {
    family: "suse",
    name,
    systemd,
    hasSystemd: "no",
    bootsSystemd: false,
    // In Leap 15 /sbin/init is a package of its own.
    initPath: "/usr/lib/systemd/systemd",
    install: "zypper -n install systemd && zypper clean -a",
    sh: "bash",
  };
}

const noSystemd = (name: string, sh: BaseImage["sh"], otherInit?: string): BaseImage => ({
  family: "none",
  name,
  hasSystemd: "no",
  bootsSystemd: false,
  otherInit,
  initPath: "/sbin/init",
  sh,
});

/** Images of virtual or real machines: systemd boots there, but not as the PID 1 of a container. */
const machine = (name: string): BaseImage => ({
  ...rpm(name, undefined, "yes"),
  otherInit: "the init of a bootable machine image",
  install: undefined,
});

/** `geerlingguy/docker-ubuntu2204-ansible`: distribution and release are in the name. */
function geerlingguy(distribution: string, release: string): BaseImage | undefined {
  const volumes = cgroupVolume;
  const docker = { container: "docker" };
  switch (distribution) {
    case "debian":
      return boots(debian(release), {
        initPath: "/lib/systemd/systemd",
        cmd: ["/lib/systemd/systemd"],
        volumes,
      });
    case "ubuntu": {
      const image = ubuntu(`${release.slice(0, 2)}.${release.slice(2)}`);
      return boots(image, { initPath: "/lib/systemd/systemd", cmd: ["/lib/systemd/systemd"], volumes });
    }
    case "fedora":
      return boots(fedora(release), { volumes, env: docker });
    case "centos":
      return boots(centos(release), { volumes, env: docker });
    case "rockylinux":
      return boots(
        rebuild("rockylinux", release, () => "yes"),
        { cmd: ["/usr/lib/systemd/systemd"], volumes, env: docker },
      );
    case "amazonlinux":
      return boots(rpm(`amazonlinux:${release}`, systemdOf.amazonlinux?.[release], "yes"), {
        volumes,
        env: docker,
      });
    default:
      return undefined;
  }
}

/** `jrei/systemd-debian:12`. */
function jrei(distribution: string, tag: string): BaseImage | undefined {
  const more = { volumes: cgroupVolume, env: { container: "docker" } };
  const debianPath = { initPath: "/lib/systemd/systemd", cmd: ["/lib/systemd/systemd"] };
  switch (distribution) {
    case "debian":
      return boots(debian(tag), { ...debianPath, ...more });
    case "ubuntu":
      return boots(ubuntu(tag), { ...debianPath, ...more });
    case "fedora":
      return boots(fedora(tag), more);
    case "centos":
      return boots(centos(tag), more);
    default:
      return undefined;
  }
}

/** Does the tag begin with this release: `12`, `12.5-slim`, `bookworm-20240101`? */
function tagStarts(tag: string, release: string): boolean {
  return tag.startsWith(release) && !/^[a-z0-9]/.test(tag.slice(release.length));
}

function named(distribution: string, tag: string): string {
  return tag === "" ? distribution : `${distribution}:${tag}`;
}

/** Rows are tried in order; the first whose names match decides. */
export const baseTable: readonly Row[] = [
  { names: /^(?:debian\/)?debian$/, read: debian },
  { names: /^(?:ubuntu\/)?ubuntu$/, read: ubuntu },
  { names: /^(?:fedora\/)?(?:fedora|fedora-minimal)$/, read: fedora },
  { names: /^(?:centos\/)?centos$/, read: centos },
  {
    names: /^centos\/systemd$/,
    read: () => boots(centos("7"), { env: { container: "docker" }, volumes: cgroupVolume }),
  },
  {
    // 8 lost systemd while the images of 8.7 were built; 9 and later never had it.
    names: /^(?:rockylinux\/)?rockylinux$/,
    read: (tag) => rebuild("rockylinux", tag, (major) => (major === "8" ? "unknown" : "no")),
  },
  {
    names: /^(?:almalinux\/|almalinuxorg\/)?almalinux$/,
    read: (tag) => rebuild("almalinux", tag, () => "unknown"),
  },
  {
    names: /^(?:almalinux|almalinuxorg)\/(\d+)(?:-kitten)?(-[a-z]+)?$/,
    read: (_, [major = "", variant = ""]) => rebuild("almalinux", major + variant, () => "unknown"),
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
    names: /^(?:redhat\/)?ubi(\d+)(?:\/ubi)?(-minimal|-micro)?$/,
    read: (_, [major = "", variant = ""]) => ({
      ...rebuild(`ubi${major}`, major + variant, () => "unknown"),
      name: `ubi${major}${variant}`,
      env: { container: "oci" },
    }),
  },
  {
    names: /^(?:os\/)?oraclelinux$/,
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
    names: /^(?:archlinux\/)?archlinux$/,
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
  {
    names: /^geerlingguy\/docker-([a-z]+?)(\d+)-ansible$/,
    read: (_, [distribution = "", release = ""]) => geerlingguy(distribution, release),
  },
  { names: /^jrei\/systemd-([a-z]+)$/, read: (tag, [distribution = ""]) => jrei(distribution, tag) },
  {
    names: /^solita\/ubuntu-systemd$/,
    read: (tag) => boots(ubuntu(tag), { cmd: undefined }),
  },
  {
    names:
      /(?:^|[/-])(?:bootc|fedora-coreos|fedora-silverblue)$|-bootc$|^(?:ublue-os|fedora-ostree-desktops)\//,
    read: (tag) => machine(named("bootc", tag)),
  },
  { names: /^alpine$/, read: (tag) => noSystemd(named("alpine", tag), "busybox", "OpenRC or BusyBox init") },
  { names: /^busybox$/, read: (tag) => noSystemd(named("busybox", tag), "busybox", "BusyBox init") },
  { names: /^distroless\/.+$/, read: () => noSystemd("distroless", "unknown") },
  { names: /^(?:chainguard\/.+|(?:wolfi\/)?wolfi-base)$/, read: () => noSystemd("wolfi", "busybox") },
];
