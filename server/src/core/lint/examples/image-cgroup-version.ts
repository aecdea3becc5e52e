import type { Examples } from "../example";
import { boots, debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: systemd 229 does not support cgroup v2.",
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
    says: "Incorrect: the host has cgroup v1, which systemd in Debian unstable no longer supports.",
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
    says: "Incorrect: the host has cgroup v1, which systemd 259 no longer supports.",
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
    says: "Incorrect: the host has cgroup v2, which systemd 219 in CentOS 7 does not support.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      FROM centos:7
      #    ^^^^^^^^ refused
      ENV container=docker
      RUN yum -y install httpd && systemctl enable httpd
      ${boots}
    `,
    fixed: text`
      FROM almalinux:9
      ENV container=docker
      RUN yum -y install httpd && systemctl enable httpd
      ${boots}
    `,
  },
  {
    says: "Correct: systemd 237 in Ubuntu 18.04 supports both cgroup versions.",
    source: text`
      FROM ubuntu:18.04
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
  },
  {
    says: "Incorrect: the host has cgroup v1 without the `name=systemd` hierarchy.",
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
