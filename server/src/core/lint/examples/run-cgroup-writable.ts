import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The cgroup tree is read-only. With Docker 28 the fix makes the container's own tree writable.",
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
    says: "The cgroup tree is read-only. The engine is unknown, so the fix mounts the host's tree, which works with all versions.",
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
    says: "Podman makes the cgroup tree writable when it recognizes systemd.",
    target: { engine: "podman" },
    files: debianImage,
    source: `
      services:
        web:
          build: .
    `,
  },
  {
    says: "The host's cgroup tree, writable and in the host's namespace, works with every version of Docker.",
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
    says: "CentOS 7 boots only on cgroup v1, where it needs the host's cgroup tree.",
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
    says: "`container: podman` indicates Podman, which makes the cgroup tree writable.",
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
    says: "Incorrect: the host has cgroup v1 without the `name=systemd` hierarchy.",
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
