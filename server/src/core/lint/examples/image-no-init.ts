import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "A service is enabled, and nothing starts systemd.",
    files: { "compose.yaml": "services:\n  web:\n    build: .\n" },
    source: `
      FROM debian:12
      #    ^^^^^^^^^ advice
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus openssh-server
      RUN systemctl enable ssh
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus openssh-server
      RUN systemctl enable ssh
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "A shell is PID 1 although the image's health check asks systemctl.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
      RUN systemctl enable nginx
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      HEALTHCHECK CMD systemctl is-active nginx
      CMD ["/bin/bash"]
      #   ^^^^^^^^^^^^^ meant
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
      RUN systemctl enable nginx
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      HEALTHCHECK CMD systemctl is-active nginx
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "The program is PID 1 itself, and needs no systemd.",
    source: `
      FROM debian:12
      RUN apt-get update && apt-get install -y nginx
      CMD ["nginx", "-g", "daemon off;"]
    `,
  },
];
