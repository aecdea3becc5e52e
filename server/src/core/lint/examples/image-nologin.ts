import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: `/run/nologin` does not exist during the build.",
    source: text`
      ${debian}
      RUN mv /var/run/nologin /tmp
      #   ^^^^^^^^^^^^^^^^^^^^^^^^ fails
      ${boots}
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
    boot: { before: { state: "build-fails", log: "nologin" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Incorrect: `rm -f` does not fail, but it has no effect.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus && rm -f /run/nologin
      #                                                                     ^^^^^^^^^^^^^^^^^^ useless
      ${boots}
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
  },
  {
    says: "Correct: the tmpfiles.d file that creates `/run/nologin` is removed. `/sbin/nologin` is a shell.",
    source: text`
      ${debian}
      RUN rm -f /usr/lib/tmpfiles.d/systemd-nologin.conf && useradd -s /sbin/nologin app
      ${boots}
    `,
  },
];
