import type { Examples } from "../example";
import { boots, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: systemd 247 needs the variable to stop cleanly.",
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
    says: "Correct: an earlier stage sets the variable to the name of an engine.",
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
    says: "Correct: a base image made for systemd is assumed to set the variable.",
    source: `
      FROM registry.example.com/debian-systemd
      RUN systemctl set-default multi-user.target
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
