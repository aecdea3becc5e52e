import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The restart policy is `always`.",
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
    says: "The restart policy is `on-failure` with a limit.",
    files: debianImage,
    source: text`
      ${service}
          restart: on-failure:3
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
