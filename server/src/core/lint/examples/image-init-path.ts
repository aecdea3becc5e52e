import type { Examples } from "../example";
import { boots, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: `systemd` is installed without the recommended package `systemd-sysv`.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd dbus
      ${boots}
      #    ^^^^^^^^^^^^ found
    `,
    fixed: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd systemd-sysv dbus
      ${boots}
    `,
    boot: {
      before: { state: "refused", log: "no such file or directory" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Correct: the package `systemd` provides `/lib/systemd/systemd`.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd dbus
      ${settings}
      CMD ["/lib/systemd/systemd"]
    `,
  },
  {
    says: "Correct: the Dockerfile creates the link `/sbin/init`.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd dbus
      RUN ln -s /lib/systemd/systemd /sbin/init
      ${boots}
    `,
  },
];
