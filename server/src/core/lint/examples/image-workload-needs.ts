import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "A time server sets the clock, which is the host's.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus chrony
      RUN systemctl enable chrony
      #                    ^^^^^^ SYS_TIME
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "A masked service needs nothing.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus chrony
      RUN systemctl mask chrony
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
