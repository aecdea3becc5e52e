import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: the variable name is misspelled.",
    source: text`
      FROM debian:12
      ENV continer=docker
      #   ^^^^^^^^ name
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
  },
  {
    says: "Incorrect: an empty value disables container detection.",
    source: text`
      FROM debian:12
      ENV container=
      #   ^^^^^^^^^^ empty
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
    boot: {
      before: { state: "running", stopCode: 137 },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Incorrect: without an equals sign, the rest of the line is the value. The fix drops LANG, so it is only a suggestion.",
    source: text`
      FROM debian:12
      ENV container docker LANG=C.UTF-8
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ form: docker LANG=C.UTF-8
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
  },
  {
    says: "Correct: other variables have names similar to `container`.",
    source: text`
      FROM debian:12
      ENV container=docker CONTAINERD_VERSION=1.7 CONTAINER_NAME=docker containers=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
  },
];
