import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Where Docker 28 is known to run it, and the image has no volume there, the container's own tree is enough.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: `
      services:
        web:
      # ^^^ found
          build: .
          tty: true
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
    `,
    fixed: text`
      ${service}
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
          security_opt:
            - writable-cgroups=true
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "Read-only file system" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Of an unknown image on an unknown engine only this can be said to work.",
    source: `
      services:
        web:
      # ^^^ found
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          environment:
            container: docker
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
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
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
          cgroup: host
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
    `,
  },
  {
    says: "Podman makes the tree writable where it recognises systemd.",
    target: { engine: "podman" },
    files: debianImage,
    source: `
      services:
        web:
          build: .
    `,
  },
  {
    says: "The host's tree, writable and in the host's namespace, boots on every Docker.",
    files: debianImage,
    source: text`
      ${service}
          cgroup: host
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
    `,
  },
  {
    says: "An image that is too old for cgroup v2 is judged for v1, the only place where it boots.",
    files: {
      Dockerfile: `
        FROM centos:7
        ENV container=docker
        RUN systemctl set-default multi-user.target
        STOPSIGNAL SIGRTMIN+3
        CMD ["/usr/sbin/init"]
      `,
    },
    source: `
      services:
        web:
      # ^^^ found
          build: .
          tty: true
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
    `,
  },
  {
    says: "What names Podman to systemd is started by Podman, which makes the tree writable.",
    source: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          environment:
            container: podman
    `,
  },
  {
    says: "Incorrect: a host with cgroup v1 that lacks the hierarchy of systemd.",
    target: { engine: "docker", version: "26.1.5", cgroupVersion: 1, namedHierarchy: false },
    source: `
      services:
        web:
      # ^^^ hybrid
          image: registry.access.redhat.com/ubi9/ubi-init
          volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:rw"]
          tmpfs: [/run, /run/lock]
    `,
  },
];
