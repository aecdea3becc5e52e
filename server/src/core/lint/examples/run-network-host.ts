import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The host's network.",
    files: debianImage,
    source: text`
      ${service}
          network_mode: host
      #                 ^^^^ found
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "Another service's network is none of the host's.",
    files: debianImage,
    source: text`
      ${service}
          network_mode: "service:proxy"
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
        proxy:
          image: nginx
    `,
  },
];
