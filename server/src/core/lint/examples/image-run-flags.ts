import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "No compose file starts it.",
    files: {},
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
      #    ^^^^^^^^^^^^ --tmpfs /run
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
    fixedFiles: {
      "compose.yaml": `
        services:
          app:
            build: .
            init: false
            tty: true
            cgroup: private
            tmpfs:
              - /run
              - /run/lock
              - /tmp:exec,mode=1777
            security_opt:
              - writable-cgroups=true
      `,
    },
    boot: {
      before: { state: "exited", exitCode: 255 },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "A comment that shows the command will do.",
    files: {},
    source: `
      # docker run --tmpfs /run --tmpfs /run/lock --security-opt writable-cgroups=true my-image
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
