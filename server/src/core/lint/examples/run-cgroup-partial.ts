import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "On cgroup v2 there is no `/sys/fs/cgroup/systemd`.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          volumes:
            - /sys/fs/cgroup/systemd:/sys/fs/cgroup/systemd
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ found
    `,
    fixed: text`
      ${service}
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          security_opt:
            - writable-cgroups=true
    `,
    boot: {
      before: { state: "refused", log: "read-only file system" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "In a writable tree the bind mount is not used.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          security_opt:
            - writable-cgroups=true
          volumes:
            - /sys/fs/cgroup/systemd:/sys/fs/cgroup/systemd
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unneeded
    `,
    fixed: text`
      ${service}
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          security_opt:
            - writable-cgroups=true
    `,
    boot: { before: { state: "running", stopCode: 0 }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "On cgroup v1 systemd needs `/sys/fs/cgroup/systemd`.",
    target: { engine: "docker", version: "26.1.5", cgroupVersion: 1 },
    files: debianImage,
    source: text`
      ${service}
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          volumes:
            - /sys/fs/cgroup/systemd:/sys/fs/cgroup/systemd
    `,
  },
];
