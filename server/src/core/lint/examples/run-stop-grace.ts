import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "`stop_grace_period` is shorter than the default.",
    files: debianImage,
    source: text`
      ${service}
          stop_grace_period: 3s
      #                      ^^ short: 3
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          stop_grace_period: 90s
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "PostgreSQL can need more than the default of 10 seconds to stop.",
    files: { Dockerfile: debianImage.Dockerfile.replace("dbus", "dbus postgresql") },
    source: `
      services:
        web:
      # ^^^ database: postgresql.service
          build: .
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          stop_grace_period: 90s
    `,
  },
  {
    says: "`stop_grace_period` is the default of 10 seconds.",
    files: debianImage,
    source: text`
      ${service}
          stop_grace_period: 10s
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
