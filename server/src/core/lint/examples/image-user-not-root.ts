import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "USER stands before the program.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      USER nobody
      #    ^^^^^^ systemd exits 255
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      USER root
      CMD ["/sbin/init"]
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "Failed to allocate manager object" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Steps of the build that follow keep their user.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN useradd -m app && : > /etc/machine-id
      USER app
      #    ^^^ as app
      RUN mkdir ~/data
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN useradd -m app && : > /etc/machine-id
      USER app
      RUN mkdir ~/data
      STOPSIGNAL SIGRTMIN+3
      USER root
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "A program that nobody knows may raise itself to root.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN useradd -m app && : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      USER app
      #    ^^^ only if /usr/sbin/raise becomes root
      ENTRYPOINT ["/usr/sbin/raise", "/sbin/init"]
    `,
  },
  {
    says: "A later USER takes it back.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN useradd -m app && : > /etc/machine-id
      USER app
      RUN mkdir ~/data
      USER 0:0
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Whatever starts the image starts it as root.",
    files: {
      "compose.yaml": `
        services:
          example:
            build: .
            tty: true
            user: root
            security_opt: [writable-cgroups=true]
            tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
      `,
    },
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      USER nobody
      CMD ["/sbin/init"]
    `,
  },
];
