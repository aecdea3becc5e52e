import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: a space separates the name from the value.",
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
    says: "Incorrect: all variables in the stage use the legacy form. The fix converts all of them.",
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
    says: "Correct: a quoted value follows the equals sign.",
    source: text`
      FROM debian:12
      ENV container="docker"
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
  },
];
