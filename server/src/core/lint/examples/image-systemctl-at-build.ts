import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "A service is to be started: it is enabled instead.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
      RUN systemctl start nginx
      #   ^^^^^^^^^^^^^^^^^^^^^ The build fails
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
      RUN systemctl enable nginx
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    boot: {
      before: { state: "build-fails", log: "System has not been booted with systemd" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Reloading unit files and --now are needless: systemd reads them all when it boots.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
      RUN systemctl daemon-reload && \\
      #   ^^^^^^^^^^^^^^^^^^^^^^^ The build fails
          systemctl enable --now nginx
      #                    ^^^^^ --now starts
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
      RUN systemctl enable nginx
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "What is only written into a script runs later, and an offline systemctl makes links only.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
      RUN echo "systemctl start nginx" > /usr/local/bin/start && chmod +x /usr/local/bin/start
      RUN SYSTEMD_OFFLINE=1 systemctl daemon-reload
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "A service that the same step needs while it runs.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus postgresql
      RUN service postgresql start && su postgres -c "createdb app"
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
