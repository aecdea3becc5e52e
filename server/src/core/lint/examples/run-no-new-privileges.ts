import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "`no-new-privileges` is enabled, in Compose syntax.",
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
    says: "`no-new-privileges` is disabled.",
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
