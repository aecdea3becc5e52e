import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "The name has a typing error.",
    source: `
      FROM debian:12
      ENV continer=docker
      #   ^^^^^^^^ called container
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
    says: "An empty value switches the detection off.",
    source: `
      FROM debian:12
      ENV container=
      #   ^^^^^^^^^^ in no container
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
    boot: {
      before: { state: "running", stopCode: 137 },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Other variables that begin alike are their own.",
    source: `
      FROM debian:12
      ENV container=docker CONTAINERD_VERSION=1.7 CONTAINER_NAME=docker containers=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
