import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The most copied line of systemd Dockerfiles.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME ["/sys/fs/cgroup"]
      #       ^^^^^^^^^^^^^^^^ used
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "Failed to mount cgroup at /sys/fs/cgroup/systemd" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Other volumes of the same line stay.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME /data /sys/fs/cgroup
      #            ^^^^^^^^^^^^^^ used
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME /data
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Podman mounts the cgroup tree over it when it starts systemd.",
    target: { engine: "podman", version: "5.8.6", cgroupVersion: 2 },
    source: `
      FROM debian:12
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME ["/sys/fs/cgroup"]
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "A volume elsewhere is nobody's business.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME /var/lib/data
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
