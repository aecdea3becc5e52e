import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Debian 13 mounts `/tmp` with a unit, which fails in the container.",
    files: { Dockerfile: debianImage.Dockerfile.replace("debian:12", "debian:13") },
    source: `
      services:
        web:
      # ^^^ missing
          build: .
          tty: true
          security_opt: ["writable-cgroups=true"]
          tmpfs:
            - /run
            - /run/lock
    `,
    fixed: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
    `,
    boot: { before: { state: "degraded" }, after: { state: "running" } },
  },
  {
    says: "Docker mounts the tmpfs with `noexec` by default.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          tmpfs:
            - /run
            - /run/lock
            - /tmp:mode=1777
      #       ^^^^^^^^^^^^^^ noexec
    `,
    fixed: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          tmpfs:
            - /run
            - /run/lock
            - /tmp:mode=1777,exec
    `,
  },
  {
    says: "Incorrect: temporary files survive a restart of the container.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock]
          volumes: ["./tmp:/tmp"]
      #             ^^^^^^^^^^^^ disk
    `,
    fixed: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
  {
    says: "Debian 12 does not mount `/tmp`.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock]
    `,
  },
];
