import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "Incorrect: a service is enabled, but nothing starts systemd.",
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
    says: "Incorrect: PID 1 is a shell, although the health check calls `systemctl`.",
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
    says: "Correct: nginx is PID 1 and does not need systemd.",
    source: `
      FROM debian:12
      RUN apt-get update && apt-get install -y nginx
      CMD ["nginx", "-g", "daemon off;"]
    `,
  },
];
