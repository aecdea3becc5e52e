import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "The host's cgroup tree is not in the build context.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN --mount=type=bind,source=/sys/fs/cgroup,target=/sys/fs/cgroup apt-get update && apt-get install -y systemd systemd-sysv dbus
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The build fails
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
    boot: { before: { state: "build-fails", log: "not found" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Mounts alone do nothing, so the line goes.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN --mount=type=tmpfs,target=/run --mount=type=tmpfs,target=/tmp
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ --tmpfs
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
    says: "A blank in place of the equals sign is a parse error.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN --mount type=cache,target=/var/cache/apt apt-get update && apt-get install -y systemd systemd-sysv dbus
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a blank ends the flag
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    boot: { before: { state: "build-fails", log: "--mount" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "A tmpfs that a command of the build works in is what mounts are for.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN --mount=type=tmpfs,target=/tmp --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
