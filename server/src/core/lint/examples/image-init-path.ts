import type { Examples } from "../example";
import { boots, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "systemd alone, without what it recommends.",
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
    says: "The path of the package itself is there.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd dbus
      ${settings}
      CMD ["/lib/systemd/systemd"]
    `,
  },
  {
    says: "The Dockerfile may make the link itself.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd dbus
      RUN ln -s /lib/systemd/systemd /sbin/init
      ${boots}
    `,
  },
];
