import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "systemd alone, without what it recommends.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
      #    ^^^^^^^^^^^^ is in the package systemd-sysv
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    boot: {
      before: { state: "refused", log: "no such file or directory" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "The path of the package itself is there.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd"]
    `,
  },
  {
    says: "The Dockerfile may make the link itself.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd dbus
      RUN ln -s /lib/systemd/systemd /sbin/init
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
