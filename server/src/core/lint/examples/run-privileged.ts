import type { Examples } from "../example";
import { boots, debianImage, debianWith, service, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The image needs no privileges.",
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
    says: "The image is unknown, so this is only advice.",
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
    says: "The image needs no privileges. The fix also replaces the read-only mount of the cgroup tree.",
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
    says: "CentOS 7 boots only on cgroup v1 hosts, where it does not need privileges.",
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
    says: "A FUSE client needs a device, a capability and no AppArmor confinement, but not privileged mode.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: { Dockerfile: debianImage.Dockerfile.replace("dbus", "dbus sshfs") },
    source: text`
      ${service}
          privileged: true
      #               ^^^^ fuse
          devices: [/dev/fuse]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          devices: [/dev/fuse]
          tmpfs: [/run, /run/lock]
          security_opt:
            - writable-cgroups=true
            - apparmor=unconfined
          cap_add:
            - SYS_ADMIN
    `,
  },
  {
    says: "Incorrect: Docker in the container needs privileges, but gettys take over the host's terminals.",
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
    says: "Docker in the container needs privileges, and gettys are masked.",
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
