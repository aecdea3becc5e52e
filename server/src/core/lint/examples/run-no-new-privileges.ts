import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Compose's spelling.",
    files: debianImage,
    source: text`
      ${service}
          security_opt:
            - writable-cgroups=true
            - no-new-privileges:true
      #       ^^^^^^^^^^^^^^^^^^^^^^ found
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "Switched off.",
    files: debianImage,
    source: text`
      ${service}
          security_opt:
            - writable-cgroups=true
            - no-new-privileges:false
          tmpfs: [/run, /run/lock]
    `,
  },
];
