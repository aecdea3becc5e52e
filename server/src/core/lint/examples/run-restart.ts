import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Always.",
    files: debianImage,
    source: text`
      ${service}
          restart: always
      #            ^^^^^^ found
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          restart: unless-stopped
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "On failure, and not for ever.",
    files: debianImage,
    source: text`
      ${service}
          restart: on-failure:3
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
