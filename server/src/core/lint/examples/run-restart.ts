import type { Examples } from "../example";
import { debianImage } from "./images";

export const examples: Examples = [
  {
    says: "Always.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          restart: always
      #            ^^^^^^ comes back
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: `
      services:
        web:
          build: .
          tty: true
          restart: unless-stopped
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "On failure, and not for ever.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          restart: on-failure:3
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
