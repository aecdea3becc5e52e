import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "There is no such file while the image is built.",
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
    says: "Removing it quietly changes nothing either.",
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
    says: "The file that makes it can be removed, and a shell of that name is something else.",
    source: text`
      ${debian}
      RUN rm -f /usr/lib/tmpfiles.d/systemd-nologin.conf && useradd -s /sbin/nologin app
      ${boots}
    `,
  },
];
