import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "Incorrect: the dev container's base image has a script in place of `systemctl`.",
    source: `
      FROM mcr.microsoft.com/devcontainers/base:debian-12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus avahi-daemon && : > /etc/machine-id
      RUN systemctl enable avahi-daemon
      #   ^^^^^^^^^ found: enable
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
    fixed: `
      FROM mcr.microsoft.com/devcontainers/base:debian-12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus avahi-daemon && : > /etc/machine-id
      RUN rm /usr/local/bin/systemctl
      RUN systemctl enable avahi-daemon
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
  },
  {
    says: "Correct: the command calls the real `systemctl` by its path.",
    source: `
      FROM mcr.microsoft.com/devcontainers/base:ubuntu-24.04
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus avahi-daemon && : > /etc/machine-id
      RUN /usr/bin/systemctl enable avahi-daemon
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
  },
];
