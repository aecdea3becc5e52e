import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The name, a blank, the value.",
    source: text`
      FROM debian:12
      ENV container docker
      #   ^^^^^^^^^^^^^^^^ found: container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
  },
  {
    says: "All variables of the stage are written in the same form.",
    source: text`
      FROM debian:12
      ENV LANG C.UTF-8
      ENV container docker
      #   ^^^^^^^^^^^^^^^^ found: container=docker
      ENV OPTIONS --fast --quiet
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    fixed: text`
      FROM debian:12
      ENV LANG=C.UTF-8
      ENV container=docker
      ENV OPTIONS="--fast --quiet"
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
  },
  {
    says: "A quoted value after an equals sign is the new form.",
    source: text`
      FROM debian:12
      ENV container="docker"
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
  },
];
