import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "The compose service mounts a tmpfs already, so the volume only gets in the way.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME ["/data", "/run"]
      #                ^^^^^^ survives restarts
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME ["/data"]
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "After a restart a service meets the lock that it left, and refuses to run.",
    files: {
      "compose.yaml": `
        services:
          web:
            build: .
            tty: true
            security_opt: [writable-cgroups=true]
            tmpfs: [/run/lock]
      `,
    },
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      ExecStart=/bin/sh -c "mkdir /run/app.lock && exec sleep infinity"
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      VOLUME /run
      #      ^^^^ survives restarts
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      ExecStart=/bin/sh -c "mkdir /run/app.lock && exec sleep infinity"
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixedFiles: {
      "compose.yaml": `
        services:
          web:
            build: .
            tty: true
            security_opt: [writable-cgroups=true]
            tmpfs: [/run/lock, /run]
      `,
    },
    boot: {
      restarted: true,
      before: { state: "degraded", inactive: ["app.service"] },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "A directory below is the application's own.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME /var/tmp /run/app/data
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
