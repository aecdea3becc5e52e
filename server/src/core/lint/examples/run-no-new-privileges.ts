import type { Examples } from "../example";
import { debianImage } from "./images";

export const examples: Examples = [
  {
    says: "Compose's spelling.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          security_opt:
            - writable-cgroups=true
            - no-new-privileges:true
      #       ^^^^^^^^^^^^^^^^^^^^^^ sudo, su
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "Switched off.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          security_opt:
            - writable-cgroups=true
            - no-new-privileges:false
          tmpfs: [/run, /run/lock]
    `,
  },
];
