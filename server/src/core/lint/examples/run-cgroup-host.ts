import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Docker 28 does not need the host's cgroup tree.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          cgroup: host
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ found
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
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
    says: "Docker 26 needs the host's cgroup tree.",
    target: { engine: "docker", version: "26.1.5", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          cgroup: host
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
  {
    says: "Incorrect: ten containers share one systemd hierarchy on a host with cgroup v1.",
    target: { engine: "docker", version: "20.10.24", cgroupVersion: 1 },
    files: debianImage,
    source: text`
      ${service}
          deploy:
            replicas: 10
      #               ^^ replicas: 10
          volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:rw"]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          deploy:
            replicas: 10
          volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:rw"]
          tmpfs: [/run, /run/lock]
          entrypoint: ["/bin/sh", "-c", "sleep $$(shuf -i 0-20 -n 1); exec /sbin/init"]
    `,
  },
  {
    says: "Correct: on cgroup v2 each container has its own part of the tree.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          scale: 10
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "Podman's systemd mode does not need the host's namespace, which exposes the host's tree.",
    file: "run.sh",
    source: text`
      podman run --systemd=always --cgroupns=host registry.access.redhat.com/ubi9/ubi-init
      #                           ^^^^^^^^^^^^^^^ podman
    `,
    fixed: text`
      podman run --systemd=always registry.access.redhat.com/ubi9/ubi-init
    `,
  },
];
