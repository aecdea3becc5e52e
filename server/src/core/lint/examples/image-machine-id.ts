import type { Examples } from "../example";
import { debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: systemd is installed, and its machine ID stays in the image.",
    source: text`
      ${debian}
      #                                                ^^^^^^^^^^^^ found
      RUN systemctl set-default multi-user.target
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      RUN : > /etc/machine-id
      RUN systemctl set-default multi-user.target
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Correct: the same RUN empties the file. Any command that empties it works.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus && truncate -s 0 /etc/machine-id
      RUN systemctl set-default multi-user.target
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
