import type { Examples } from "../example";
import { debianImage, service, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Neither `/run` nor `/run/lock` is mounted.",
    files: debianImage,
    source: `
      services:
        web:
      # ^^^ run
          build: .
          tty: true
          security_opt:
            - writable-cgroups=true
    `,
    fixed: text`
      ${service}
          security_opt:
            - writable-cgroups=true
          tmpfs:
            - /run
            - /run/lock
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "Failed to mount tmpfs at /run" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Debian also needs a mount on `/run/lock`.",
    files: debianImage,
    source: `
      services:
        web:
      # ^^^ lock
          build: .
          tty: true
          security_opt: ["writable-cgroups=true"]
          tmpfs: /run
    `,
    fixed: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          tmpfs:
            - /run
            - /run/lock
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "/run/lock" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "With a volume on `/run`, stale PID files and sockets survive a restart.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          volumes:
            - state:/run
      #       ^^^^^^^^^^ volume
            - data:/data
          tmpfs: [/run/lock, "/tmp:exec,mode=1777"]
      volumes:
        data:
        state:
    `,
    fixed: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          volumes:
            - data:/data
          tmpfs: [/run/lock, "/tmp:exec,mode=1777", /run]
      volumes:
        data:
        state:
    `,
  },
  {
    says: "Fedora does not need `/run/lock`. The long syntax mounts a tmpfs on `/run`.",
    files: {
      Dockerfile: text`
        FROM fedora:42
        ENV container=docker
        RUN dnf -y install systemd && dnf clean all
        ${settings}
        CMD ["/usr/sbin/init"]
      `,
    },
    source: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          volumes:
            - type: tmpfs
              target: /run
          tmpfs: "/tmp:exec,mode=1777"
    `,
  },
  {
    says: "An Ansible task mounts neither `/run` nor `/run/lock`.",
    file: "playbook.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      - hosts: localhost
        tasks:
          - community.docker.docker_container:
              name: node
      #             ^^^^ run
              image: geerlingguy/docker-debian12-ansible
              cgroupns_mode: host
              volumes:
                - /sys/fs/cgroup:/sys/fs/cgroup:rw
              tty: true
              stop_signal: SIGRTMIN+3
              env: { container: docker }
    `,
    fixed: text`
      - hosts: localhost
        tasks:
          - community.docker.docker_container:
              name: node
              image: geerlingguy/docker-debian12-ansible
              cgroupns_mode: host
              volumes:
                - /sys/fs/cgroup:/sys/fs/cgroup:rw
              tty: true
              stop_signal: SIGRTMIN+3
              env: { container: docker }
              tmpfs:
                - /run
                - /run/lock
    `,
  },
];
