import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "With Docker 28 on cgroup v2 the container's own tree takes the place of the bind.",
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
    says: "It booted with old engines on cgroup v1.",
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
    says: "On cgroup v1 the mounts below may be left writable.",
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
    says: "To look at the host's cgroups from elsewhere in the tree is harmless.",
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
    says: "Incorrect: an older Docker has the host's tree to give, or remaps users.",
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
];
