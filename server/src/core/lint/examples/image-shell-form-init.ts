import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "dash stays, and systemd is not PID 1.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD /sbin/init
      #   ^^^^^^^^^^ exits 1 (telinit)
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
      before: { state: "exited", exitCode: 1, log: "telinit" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Quotes that a word processor made.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD [“/sbin/init”]
      #   ^^^^^^^^^^^^^^ straight double quotes
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
    says: "exec makes systemd PID 1 in shell form too.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD exec /sbin/init
    `,
  },
  {
    says: "The same in exec form: options may stand together, and sh is bash here.",
    source: `
      FROM rockylinux:9
      ENV container=docker
      RUN dnf -y install systemd
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/bin/sh", "-lc", "/sbin/init"]
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bash replaces itself
    `,
    fixed: `
      FROM rockylinux:9
      ENV container=docker
      RUN dnf -y install systemd
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Another program in shell form is not systemd's business.",
    source: `
      FROM debian:12
      CMD /usr/local/bin/serve
    `,
  },
];
