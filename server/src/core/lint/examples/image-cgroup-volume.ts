import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: `VOLUME` hides the cgroup tree. Many systemd Dockerfiles contain this line.",
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
    says: "Incorrect: one of two volumes hides the cgroup tree. The fix keeps the other volume.",
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
    says: "Correct: Podman mounts the cgroup tree over the volume when it starts systemd.",
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
    says: "Correct: the volume is on another path.",
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
