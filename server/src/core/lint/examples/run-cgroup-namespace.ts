import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The host's cgroup tree is mounted into a private cgroup namespace. The engine is unknown, so the fix adds `cgroup: host`.",
    files: debianImage,
    source: text`
      ${service}
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ found
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    fixed: text`
      ${service}
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          cgroup: host
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "No such file or directory" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Docker 28 does not need the bind mount of the host's cgroup tree.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ found
            - data:/data
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
      volumes:
        data:
    `,
    fixed: text`
      ${service}
          volumes:
            - data:/data
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          security_opt:
            - writable-cgroups=true
      volumes:
        data:
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "No such file or directory" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "On cgroup v1 the host's cgroup namespace is the default.",
    target: { engine: "docker", version: "26.1.5", cgroupVersion: 1 },
    files: debianImage,
    source: text`
      ${service}
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
  {
    says: "In Terraform the attribute is `cgroupns_mode`.",
    file: "main.tf",
    target: { engine: "docker", version: "26.1.5", cgroupVersion: 2 },
    source: text`
      resource "docker_container" "node" {
        image       = "geerlingguy/docker-debian12-ansible"
        tty         = true
        stop_signal = "SIGRTMIN+3"
        env         = ["container=docker"]
        tmpfs = {
          "/run"      = ""
          "/run/lock" = ""
          "/tmp"      = "exec,mode=1777"
        }
        volumes {
          host_path      = "/sys/fs/cgroup"
          container_path = "/sys/fs/cgroup"
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ found
        }
      }
    `,
    fixed: text`
      resource "docker_container" "node" {
        image       = "geerlingguy/docker-debian12-ansible"
        tty         = true
        stop_signal = "SIGRTMIN+3"
        env         = ["container=docker"]

        cgroupns_mode = "host"
        tmpfs = {
          "/run"      = ""
          "/run/lock" = ""
          "/tmp"      = "exec,mode=1777"
        }
        volumes {
          host_path      = "/sys/fs/cgroup"
          container_path = "/sys/fs/cgroup"
        }
      }
    `,
  },
];
