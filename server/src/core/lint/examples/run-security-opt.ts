import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "`writable-cgroups` has no value.",
    files: debianImage,
    source: text`
      ${service}
          security_opt:
            - writable-cgroups
      #       ^^^^^^^^^^^^^^^^ bare: writable-cgroups=true
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    fixed: text`
      ${service}
          security_opt:
            - writable-cgroups=true
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
  {
    says: "`writable-cgroups` without a value is refused, even if the correct option is set too.",
    files: debianImage,
    source: text`
      ${service}
          security_opt:
            - writable-cgroups=true
            - writable-cgroups
      #       ^^^^^^^^^^^^^^^^ bare: writable-cgroups=true
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    fixed: text`
      ${service}
          security_opt:
            - writable-cgroups=true
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    boot: { before: { state: "refused", log: "invalid" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Docker 26 does not support `writable-cgroups`.",
    target: { engine: "docker", version: "26.1.5", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      ${service}
          security_opt:
            - writable-cgroups=true
      #       ^^^^^^^^^^^^^^^^^^^^^ old
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    fixed: text`
      ${service}
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          cgroup: host
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
    `,
    boot: {
      before: { state: "refused" },
      after: { state: "running", stopCode: 0 },
      cells: ["docker@26/v2"],
    },
  },
  {
    says: "Podman does not support `writable-cgroups`.",
    target: { engine: "podman" },
    files: debianImage,
    source: `
      services:
        web:
          build: .
          security_opt:
            - writable-cgroups=true
      #       ^^^^^^^^^^^^^^^^^^^^^ podman
            - label=disable
    `,
    fixed: `
      services:
        web:
          build: .
          security_opt:
            - label=disable
    `,
  },
  {
    says: "`writable-cgroups=true` is correct; without a configured engine, Docker 28 is assumed.",
    files: debianImage,
    source: text`
      ${service}
          security_opt:
            - writable-cgroups=true
            - apparmor=docker-default
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
];
