import type { Examples } from "../example";
import { debianImage } from "./images";

export const examples: Examples = [
  {
    says: "The developer's own user.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          user: "1000:1000"
      #         ^^^^^^^^^^^ exits 255
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: `
      services:
        web:
          build: .
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "Failed to allocate manager object" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Root by its number.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          user: "0:0"
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
