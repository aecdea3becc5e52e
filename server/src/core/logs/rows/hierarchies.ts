import { hidesCgroups } from "../../plan/adapt";
import type { Circumstances, Row } from "../row";
import { olderImage } from "./cgroups";

/** Cases in which systemd finds no supported cgroup tree and fails to mount one. */

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
      "systemd finds no cgroup tree at /sys/fs/cgroup and tries cgroup v1: a `VOLUME` in the image hides the mount, or systemd 229 or older runs on a cgroup v2 host.",
    fix: "Remove /sys/fs/cgroup from VOLUME. With systemd 229 or older, use a newer base image or a host with cgroup v1.",
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
    cause:
      "The container's systemd is older than 230 and supports only cgroup v1, but the host uses cgroup v2.",
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
      "The host uses cgroup v1, but the container has no name=systemd hierarchy: the host does not run systemd (WSL 2), or its cgroup tree is not mounted.",
    fix: "Start the container with {cgroup}. If the host does not run systemd, first run `mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd` there, or use cgroup v2.",
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
      "The container's systemd is older than 230 and supports only cgroup v1. Either the host uses cgroup v2 (most likely), or its cgroup tree is not mounted.",
    fix: "Use a newer release of the base image, or mount the cgroup tree of a cgroup v1 host. No flag helps on cgroup v2.",
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
      "systemd in this LXC container finds no supported cgroup hierarchy: systemd is too old for a cgroup v2 host, or nesting is disabled.",
    fix: "Use a newer release of the image and `security.nesting=true` (Proxmox: nesting=1), or a host with the hybrid cgroup hierarchy.",
    source: "lxc/lxc#4072, #4145",
  },
  {
    id: "cgroup-mount-unknown",
    kind: "cause",
    fatal: true,
    when: (known) => !byPodman(known),
    line: oldMount,
    cause:
      "systemd finds no cgroup tree at /sys/fs/cgroup: a `VOLUME` in the image hides it, or the host uses cgroup v1 without a name=systemd hierarchy (WSL 2).",
    fix: "Remove /sys/fs/cgroup from VOLUME. On cgroup v1, mount the host's tree into the container; if the host does not run systemd, first run `mount -t cgroup -o none,name=systemd` there.",
    rules: ["image-cgroup-volume", "image-cgroup-version", "run-cgroup-writable"],
    source: "measured: Docker 28.5, cgroup v2, systemd 252 with VOLUME; microsoft/WSL2-Linux-Kernel#37",
  },
  {
    id: "cgroup-mount-podman",
    kind: "cause",
    fatal: true,
    line: oldMount,
    cause:
      "systemd finds no supported cgroup tree: Podman did not enable systemd mode, or systemd is 229 or older and the host uses cgroup v2.",
    fix: "Start the container with {cgroup}. With systemd 229 or older (CentOS 7, Amazon Linux 2), use a newer base image or a host with cgroup v1.",
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
      "/sys/fs/cgroup in this container is an empty directory instead of a cgroup file system. Usually a `VOLUME` in the image covers it.",
    fix: "Remove /sys/fs/cgroup from VOLUME, and start the container with {cgroup}.",
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
      "/sys/fs/cgroup in this container is an empty directory instead of a cgroup file system. Usually a `VOLUME` in the image covers it.",
    fix: "Remove /sys/fs/cgroup from VOLUME, and start the container with {cgroup}.",
    rules: ["image-cgroup-volume", "run-cgroup-writable"],
    source: "systemd src/basic/cgroup-util.c, j8r/dockerfiles#13",
  },
  {
    id: "cgroup-no-medium-podman",
    kind: "cause",
    fatal: true,
    line: /Cannot determine cgroup we are running in: No medium found|Failed to mount cgroup2 .*: Operation not permitted/,
    cause:
      "/sys/fs/cgroup in this container is not a cgroup file system: a mount covers it, or Podman did not enable systemd mode.",
    fix: "Start the container with {cgroup}, without a mount or volume on /sys/fs/cgroup.",
    rules: ["run-podman-systemd"],
    source: "systemd src/basic/cgroup-util.c",
  },
];
