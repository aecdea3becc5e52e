import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "On cgroup v2 systemd cannot boot with a read-only cgroup tree. Docker 28 can make the container's tree writable.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:ro
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ found
            - data:/data
      volumes:
        data:
    `,
    fixed: text`
      ${service}
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
          volumes:
            - data:/data
          security_opt:
            - writable-cgroups=true
      volumes:
        data:
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "Read-only file system" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "With a read-only cgroup tree, systemd boots only on hosts with cgroup v1 and Docker before 25.",
    target: { engine: "docker", version: "20.10.24", cgroupVersion: 1 },
    files: debianImage,
    source: text`
      ${service}
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:ro
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ old
    `,
    fixed: text`
      ${service}
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
    `,
  },
  {
    says: "On cgroup v1 `recursive: writable` keeps the mounts below the tree writable.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 1 },
    files: debianImage,
    source: text`
      ${service}
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          volumes:
            - type: bind
              source: /sys/fs/cgroup
              target: /sys/fs/cgroup
              read_only: true
              bind: { recursive: writable }
    `,
  },
  {
    says: "A read-only mount of the host's cgroups on another path is harmless.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          volumes:
            - /sys/fs/cgroup:/host/cgroup:ro
    `,
  },
  {
    says: "Incorrect: Docker 26 needs the host's tree read-write, or `userns-remap`.",
    target: { engine: "docker", version: "26.1.5", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:ro
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ userns
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
    says: "With Podman, the mount has no effect.",
    file: "run.sh",
    source: text`
      podman run --systemd=always -v /sys/fs/cgroup:/sys/fs/cgroup:ro registry.access.redhat.com/ubi9/ubi-init
      #                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ podman
    `,
    fixed: text`
      podman run --systemd=always registry.access.redhat.com/ubi9/ubi-init
    `,
  },
];
