import type { Examples } from "../example";
import { debianImage } from "./images";

export const examples: Examples = [
  {
    says: "The host's network.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          network_mode: host
      #                 ^^^^ the host's ports
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "Another service's network is none of the host's.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          network_mode: "service:proxy"
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
        proxy:
          image: nginx
    `,
  },
];
