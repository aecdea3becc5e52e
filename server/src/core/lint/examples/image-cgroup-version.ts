import type { Examples } from "../example";
import { boots, debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "systemd 229 is older than cgroup v2.",
    source: text`
      FROM ubuntu:16.04
      #    ^^^^^^^^^^^^ old
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    fixed: text`
      FROM ubuntu:24.04
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
  },
  {
    says: "The engine's host has cgroup v1, which the systemd of Debian's unstable branch no longer knows.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 1 },
    source: text`
      FROM debian:sid
      #    ^^^^^^^^^^ refused
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    fixed: text`
      FROM debian:13
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "cgroup v1" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "The engine's host has cgroup v1, which systemd 259 no longer knows.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 1 },
    source: text`
      FROM fedora:44
      #    ^^^^^^^^^ refused
      ENV container=docker
      RUN dnf -y install systemd
      ${boots}
    `,
    fixed: text`
      FROM fedora:42
      ENV container=docker
      RUN dnf -y install systemd
      ${boots}
    `,
  },
  {
    says: "The next release knows both.",
    source: text`
      FROM ubuntu:18.04
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
  },
  {
    says: "Incorrect: a host with cgroup v1 that lacks the hierarchy of systemd.",
    target: { engine: "docker", version: "26.1.5", cgroupVersion: 1, namedHierarchy: false },
    files: {},
    source: text`
      ${debian}
      ${settings}
      CMD ["/sbin/init"]
      #    ^^^^^^^^^^^^ hybrid
    `,
  },
];
