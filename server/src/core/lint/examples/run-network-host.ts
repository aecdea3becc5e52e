import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The container uses the host's network.",
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
    says: "The container uses the network of another service.",
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
