import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "CMD starts systemd and nothing names a target.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd"]
      #   ^^^^^^^^^^^^^^^^^^^^^^^^ graphical.target
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      RUN systemctl set-default multi-user.target
      CMD ["/lib/systemd/systemd"]
    `,
  },
  {
    says: "An argument chooses the target.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd", "--unit=multi-user.target"]
    `,
  },
  {
    says: "So does the kernel's way of saying it.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["systemd.unit=multi-user.target"]
    `,
  },
];
