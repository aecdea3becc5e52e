import { hidesCgroups } from "../../plan/adapt";
import type { Circumstances, Row } from "../row";
import { olderImage } from "./cgroups";

/** Where systemd finds no cgroup tree that it knows, and tries in vain to mount one. */

const onVersionOne = ({ facts }: Circumstances) => facts?.cgroupVersion === 1;
const onVersionTwo = ({ facts }: Circumstances) => facts?.cgroupVersion === 2;
const byPodman = ({ facts }: Circumstances) => facts?.engine === "podman";
const withVolume = ({ image }: Circumstances) => image !== undefined && hidesCgroups(image);
const isTooOld = ({ systemdVersion }: Circumstances) => systemdVersion !== undefined && systemdVersion < 230;

const oldMount =
  /Failed to mount cgroup (?:at|\(type cgroup\) on) \/sys\/fs\/cgroup\/systemd\b.*: Operation not permitted/;

export const hierarchyRows: readonly Row[] = [
  {
    id: "cgroup-mount-volume",
    kind: "cause",
    fatal: true,
    when: (known) => !byPodman(known) && (withVolume(known) || (onVersionTwo(known) && !isTooOld(known))),
    line: oldMount,
    cause:
      "systemd finds no cgroup tree at /sys/fs/cgroup and tries to mount the old kind. A `VOLUME` of the image on that path puts an empty folder over the engine's mount; systemd 229 and older on a host with cgroup v2 end the same way.",
    fix: "Remove /sys/fs/cgroup from VOLUME. With systemd 229 or older: a newer base image, or a host with cgroup v1.",
    rules: ["image-cgroup-volume", "image-cgroup-version"],
    source:
      "measured: Docker 28.5, cgroup v2, systemd 252 with VOLUME /sys/fs/cgroup; containers/podman#6183",
  },
  {
    id: "cgroup-mount-old-systemd",
    kind: "cause",
    fatal: true,
    when: (known) => isTooOld(known) && onVersionTwo(known),
    line: oldMount,
    cause: "This systemd is older than 230 and knows only cgroup v1, but the host has cgroup v2.",
    fix: olderImage,
    rules: ["image-cgroup-version"],
    source: "containers/podman#6183, lxc/lxc#4072",
  },
  {
    id: "cgroup-mount-v1",
    kind: "cause",
    fatal: true,
    when: onVersionOne,
    line: oldMount,
    cause:
      "The host has cgroup v1, and the container sees no hierarchy name=systemd: the host does not run systemd itself (WSL 2), or its tree is not mounted.",
    fix: "Start it with {cgroup}. Without systemd on the host first `mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd` there, or use cgroup v2.",
    rules: ["run-cgroup-writable"],
    ambiguous: true,
    source: "robertdebock/docker-debian-systemd#1, microsoft/WSL2-Linux-Kernel#37",
  },
  {
    id: "cgroup-mount-old-unknown",
    kind: "cause",
    fatal: true,
    when: (known) => isTooOld(known) && !known.isLxc,
    line: oldMount,
    cause:
      "This systemd is older than 230 and knows only cgroup v1: most likely the host has cgroup v2, else the host's tree is not mounted.",
    fix: "Use a newer release of the base image, or a host with cgroup v1 and its tree mounted; no flag helps on cgroup v2.",
    rules: ["image-cgroup-version"],
    source: "containers/podman#6183, lxc/lxc#4072",
  },
  {
    id: "cgroup-mount-lxc",
    kind: "cause",
    fatal: true,
    when: ({ isLxc }) => isLxc === true,
    line: oldMount,
    cause:
      "systemd of this LXC container finds no hierarchy that it knows: an old systemd on a host with cgroup v2, or a container without nesting.",
    fix: "Use a newer release of the image and `security.nesting=true` (Proxmox: nesting=1), or a host with the hybrid cgroup tree.",
    source: "lxc/lxc#4072, #4145",
  },
  {
    id: "cgroup-mount-unknown",
    kind: "cause",
    fatal: true,
    when: (known) => !byPodman(known),
    line: oldMount,
    cause:
      "systemd finds no cgroup tree at /sys/fs/cgroup: a `VOLUME` of the image lies over it, or a host with cgroup v1 has no hierarchy name=systemd (WSL 2).",
    fix: "Remove /sys/fs/cgroup from VOLUME. Host with cgroup v1: mount its tree into the container; without systemd there first `mount -t cgroup -o none,name=systemd`.",
    rules: ["image-cgroup-volume", "image-cgroup-version", "run-cgroup-writable"],
    source: "measured: Docker 28.5, cgroup v2, systemd 252 with VOLUME; microsoft/WSL2-Linux-Kernel#37",
  },
  {
    id: "cgroup-mount-podman",
    kind: "cause",
    fatal: true,
    line: oldMount,
    cause:
      "systemd finds no cgroup tree that it knows: Podman does not know that it boots systemd, or systemd is 229 or older and the host has cgroup v2.",
    fix: "Start it with {cgroup}. With systemd 229 or older (CentOS 7, Amazon Linux 2): a newer base image, or a host with cgroup v1.",
    rules: ["image-cgroup-version", "run-podman-systemd"],
    ambiguous: true,
    source: "containers/podman#6183",
  },
  {
    id: "cgroup2-mount",
    kind: "cause",
    fatal: true,
    when: (known) => !byPodman(known),
    line: /Failed to mount cgroup2 (?:at|\(type cgroup2\) on) \/sys\/fs\/cgroup\b(?!\/).*: Operation not permitted/,
    cause:
      "/sys/fs/cgroup is no cgroup file system in this container: an empty folder, most often by a `VOLUME` of the image on that path.",
    fix: "Remove /sys/fs/cgroup from VOLUME, and start it with {cgroup}.",
    rules: ["image-cgroup-volume", "run-cgroup-writable"],
    versions: "systemd from 258",
    source: "systemd v258 src/shared/mount-setup.c",
  },
  {
    id: "cgroup-no-medium",
    kind: "cause",
    fatal: true,
    when: (known) => !byPodman(known),
    line: /Cannot determine cgroup we are running in: No medium found/,
    cause:
      "/sys/fs/cgroup is no cgroup file system in this container: an empty folder, most often by a `VOLUME` of the image on that path.",
    fix: "Remove /sys/fs/cgroup from VOLUME, and start it with {cgroup}.",
    rules: ["image-cgroup-volume", "run-cgroup-writable"],
    source: "systemd src/basic/cgroup-util.c, j8r/dockerfiles#13",
  },
  {
    id: "cgroup-no-medium-podman",
    kind: "cause",
    fatal: true,
    line: /Cannot determine cgroup we are running in: No medium found|Failed to mount cgroup2 .*: Operation not permitted/,
    cause:
      "/sys/fs/cgroup is no cgroup file system in this container: a mount lies over it, or Podman does not know that it boots systemd.",
    fix: "Start it with {cgroup}, and without a mount or volume on /sys/fs/cgroup.",
    rules: ["run-podman-systemd"],
    source: "systemd src/basic/cgroup-util.c",
  },
];
