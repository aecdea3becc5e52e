import type { Examples } from "../example";
import { debianImage } from "./images";

export const examples: Examples = [
  {
    says: "Debian 13 mounts /tmp by a unit.",
    files: { Dockerfile: debianImage.Dockerfile.replace("debian:12", "debian:13") },
    source: `
      services:
        web:
      # ^^^ degraded
          build: .
          tty: true
          security_opt: ["writable-cgroups=true"]
          tmpfs:
            - /run
            - /run/lock
    `,
    fixed: `
      services:
        web:
          build: .
          tty: true
          security_opt: ["writable-cgroups=true"]
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
    `,
    boot: { before: { state: "degraded" }, after: { state: "running" } },
  },
  {
    says: "Docker's default for a tmpfs is noexec.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          security_opt: ["writable-cgroups=true"]
          tmpfs:
            - /run
            - /run/lock
            - /tmp:mode=1777
      #       ^^^^^^^^^^^^^^ noexec
    `,
    fixed: `
      services:
        web:
          build: .
          tty: true
          security_opt: ["writable-cgroups=true"]
          tmpfs:
            - /run
            - /run/lock
            - /tmp:mode=1777,exec
    `,
  },
  {
    says: "Debian 12 leaves /tmp alone.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock]
    `,
  },
];
