import type { Examples } from "../example";
import { boots, text } from "./blocks";

export const examples: Examples = [
  {
    says: "systemd 247 needs the variable to stop.",
    source: text`
      FROM debian:11
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
      #    ^^^^^^^^^^^^ old
    `,
    fixed: text`
      FROM debian:11
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    boot: {
      before: { state: "running", stopCode: 137 },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Any engine's name will do, and it may come from an earlier stage.",
    source: `
      FROM debian:11 AS base
      ENV container=podman
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      FROM base
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "A base image that is made for systemd likely sets it, though nobody knows.",
    source: `
      FROM registry.example.com/debian-systemd
      RUN systemctl set-default multi-user.target
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
