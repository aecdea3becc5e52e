import type { Examples } from "../example";
import { boots, debianImage, debianWith, service, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "An image that is known to need nothing special.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          privileged: true
      #               ^^^^ unneeded
    `,
    fixed: text`
      ${service}
          tmpfs:
            - /run
            - /run/lock
          security_opt:
            - writable-cgroups=true
    `,
  },
  {
    says: "Of an unknown image it is advice.",
    source: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          privileged: true
      #               ^^^^ enough
          environment:
            container: docker
          cgroup: host
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    fixed: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          environment:
            container: docker
          cgroup: host
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
  {
    says: "What is to last is named, not what goes with the privileges.",
    files: debianImage,
    source: text`
      ${service}
          privileged: true
      #               ^^^^ unneeded: volumes: /sys/fs/cgroup:/sys/fs/cgroup:rw, cgroup: host
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:ro
    `,
    fixed: text`
      ${service}
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          cgroup: host
    `,
  },
  {
    says: "An image that boots only on hosts with cgroup v1 does not need it there.",
    files: {
      Dockerfile: text`
        FROM centos:7
        ENV container=docker
        ${settings}
        CMD ["/usr/sbin/init"]
      `,
    },
    source: text`
      ${service}
          privileged: true
      #               ^^^^ old: centos:7
    `,
  },
  {
    says: "Incorrect: a service needs it, and gettys take the host's terminals.",
    files: {
      Dockerfile: text`
        ${debianWith("docker.io")}
        ${boots}
      `,
    },
    source: text`
      ${service}
          privileged: true
      #               ^^^^ terminals
          volumes: [/var/lib/docker]
    `,
    fixed: text`
      ${service}
          privileged: true
          volumes: [/var/lib/docker]
    `,
    fixedFiles: {
      Dockerfile: text`
        ${debianWith("docker.io")}
        ${settings}
        RUN systemctl mask getty.target getty@.service serial-getty@.service console-getty.service systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service
        CMD ["/sbin/init"]
      `,
    },
  },
  {
    says: "An engine in the container needs it.",
    files: {
      Dockerfile: text`
        ${debianWith("docker.io")}
        RUN systemctl mask getty.target getty@.service console-getty.service
        ${boots}
      `,
    },
    source: text`
      ${service}
          privileged: true
          volumes: [/var/lib/docker]
    `,
  },
];
