import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "No terminal.",
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
    says: "With a terminal.",
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
