import {
  boots,
  centos,
  cgroupVolume,
  debian,
  fedora,
  halt,
  rebuild,
  rpm,
  systemdOf,
  ubuntu,
} from "./base-families";
import type { BaseImage } from "./base-image";
import type { Row } from "./base-row";

// Images published by third parties that boot systemd, for tests and labs. The Dockerfile of each was read.

/** `geerlingguy/docker-ubuntu2204-ansible`: the name contains the distribution and release. */
function geerlingguy(distribution: string, release: string): BaseImage | undefined {
  const volumes = cgroupVolume;
  const runtime = [...cgroupVolume, "/tmp", "/run"];
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
      const path = "/lib/systemd/systemd";
      return boots(image, { initPath: path, cmd: [path], volumes: runtime });
    }
    case "fedora":
      return boots(fedora(release), { volumes: runtime, env: docker });
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

/** `nestybox/ubuntu-jammy-systemd`, for Sysbox. */
function nestybox(distribution: string, release: string): BaseImage | undefined {
  const bases: Readonly<Record<string, BaseImage | undefined>> = {
    ubuntu: ubuntu(release),
    "centos-stream": centos(`stream${release}`),
    almalinux: rebuild("almalinux", release, () => "yes"),
    rockylinux: rebuild("rockylinux", release, () => "yes"),
  };
  const image = bases[distribution];
  return (
    image && boots(image, { cmd: undefined, entrypoint: ["/sbin/init", "--log-level=err"], stopSignal: halt })
  );
}

/** `jrei/systemd-debian:12`. */
function jrei(distribution: string, tag: string): BaseImage | undefined {
  const more = { volumes: cgroupVolume, env: { container: "docker" }, deletedWants: true };
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

/** The distribution and release in the name of a third-party image that includes systemd. */
function published(distribution: string, release: string): BaseImage | undefined {
  switch (distribution) {
    case "debian":
      return debian(release);
    case "ubuntu":
      return ubuntu(release);
    case "fedora":
      return fedora(release);
    case "centos":
      return centos(release);
    case "centos-stream":
      return centos(`stream${release}`);
    case "amazonlinux":
      return rpm(`amazonlinux:${release}`, systemdOf.amazonlinux?.[release], "yes");
    case "almalinux":
    case "rockylinux":
    case "oraclelinux":
      return rebuild(distribution, release, () => "yes");
    default:
      return undefined;
  }
}

/** `dokken/ubuntu-22.04`, used by Test Kitchen: CMD is systemd, and no stop signal or variable is set. */
function dokken(distribution: string, release: string): BaseImage | undefined {
  const image = published(distribution, release);
  const program = distribution === "debian" ? "/bin/systemd" : "/usr/lib/systemd/systemd";
  return image && boots(image, { initPath: "/lib/systemd/systemd", cmd: [program] });
}

/** Rows of the table of base images. */
export const publishedImages: readonly Row[] = [
  {
    names: /^geerlingguy\/docker-([a-z]+?)(\d+)-ansible$/,
    read: (_, [distribution = "", release = ""]) => geerlingguy(distribution, release),
  },
  {
    // Their Dockerfiles set init as the ENTRYPOINT, so the CMD of a child image becomes the arguments of init.
    names: /^nestybox\/(ubuntu|centos-stream|almalinux|rockylinux)(?:-(\w+))?-systemd(?:-docker)?$/,
    read: (_, [distribution = "", release = ""]) => nestybox(distribution, release),
  },
  {
    names: /^dokken\/([a-z]+(?:-stream)?)-(\d[\d.]*)$/,
    read: (_, [distribution = "", release = ""]) => dokken(distribution, release),
  },
  {
    names: /^robertdebock\/(?:docker-)?(fedora|ubuntu)(?:-systemd)?$/,
    read: (tag, [distribution = ""]) => {
      const image = published(distribution, tag);
      const cmd = [distribution === "ubuntu" ? "/lib/systemd/systemd" : "/sbin/init"];
      const more = { volumes: cgroupVolume, env: { container: "docker" }, deletedWants: true };
      return image && boots(image, { cmd, ...more });
    },
  },
  {
    names: /^eniocarboni\/docker-(ubuntu|rockylinux)-systemd$/,
    read: (tag, [distribution = ""]) => {
      const image = published(distribution, tag);
      if (!image) return undefined;
      return distribution === "ubuntu"
        ? boots(image, { cmd: ["/lib/systemd/systemd"], volumes: ["/sys/fs/cgroup", "/tmp", "/run"] })
        : boots(image, {
            cmd: ["/usr/sbin/init"],
            volumes: cgroupVolume,
            env: { container: "docker" },
            deletedWants: true,
          });
    },
  },
  { names: /^jrei\/systemd-([a-z]+)$/, read: (tag, [distribution = ""]) => jrei(distribution, tag) },
  {
    names: /^solita\/ubuntu-systemd$/,
    read: (tag) =>
      boots(ubuntu(tag), {
        cmd: ["/bin/bash", "-c", "exec /sbin/init --log-target=journal 3>&1"],
        env: { container: "docker" },
        stopSignal: halt,
      }),
  },
];
