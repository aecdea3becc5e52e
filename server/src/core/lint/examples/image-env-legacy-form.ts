import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "The name, a blank, the value.",
    source: `
      FROM debian:12
      ENV container docker
      #   ^^^^^^^^^^^^^^^^ container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "All variables of the stage are written in the same form.",
    source: `
      FROM debian:12
      ENV LANG C.UTF-8
      ENV container docker
      #   ^^^^^^^^^^^^^^^^ container=docker
      ENV OPTIONS --fast --quiet
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV LANG=C.UTF-8
      ENV container=docker
      ENV OPTIONS="--fast --quiet"
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "A quoted value after an equals sign is the new form.",
    source: `
      FROM debian:12
      ENV container="docker"
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
