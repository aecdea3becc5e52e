import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The container has no TTY.",
    files: debianImage,
    source: `
      services:
        web:
      # ^^^ found
          build: .
          security_opt:
            - writable-cgroups=true
          tmpfs:
            - /run
            - /run/lock
    `,
    fixed: `
      services:
        web:
          build: .
          security_opt:
            - writable-cgroups=true
          tmpfs:
            - /run
            - /run/lock
          tty: true
    `,
  },
  {
    says: "The container has a TTY.",
    files: debianImage,
    source: text`
      ${service}
          security_opt:
            - writable-cgroups=true
          tmpfs:
            - /run
            - /run/lock
    `,
  },
];
