import type { Examples } from "../example";
import { debianImage } from "./images";

export const examples: Examples = [
  {
    says: "An image that is known to need nothing special.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          privileged: true
      #               ^^^^ Nothing here is seen to need
    `,
    fixed: `
      services:
        web:
          build: .
          tty: true
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
      #               ^^^^ what it needs is here already
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
    source: `
      services:
        web:
          build: .
          tty: true
          privileged: true
      #               ^^^^ systemd boots with volumes: /sys/fs/cgroup:/sys/fs/cgroup:rw, cgroup: host
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:ro
    `,
    fixed: `
      services:
        web:
          build: .
          tty: true
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          cgroup: host
    `,
  },
  {
    says: "An image that boots only on hosts with cgroup v1 does not need it there.",
    files: {
      Dockerfile: `
        FROM centos:7
        ENV container=docker
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/usr/sbin/init"]
      `,
    },
    source: `
      services:
        web:
          build: .
          tty: true
          privileged: true
      #               ^^^^ centos:7 boots only on hosts with cgroup v1
    `,
  },
  {
    says: "An engine in the container needs it.",
    files: {
      Dockerfile: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus docker.io
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    source: `
      services:
        web:
          build: .
          tty: true
          privileged: true
    `,
  },
];
