import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Less than the engine's own.",
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
    says: "A database may need more than ten seconds.",
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
    says: "Ten seconds are the engine's own.",
    files: debianImage,
    source: text`
      ${service}
          stop_grace_period: 10s
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
