import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Placement is for a swarm, which ignores the option that systemd needs.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          deploy:
      #   ^^^^^^ found: security_opt
            placement:
              constraints: [node.role == worker]
    `,
  },
  {
    says: "Limits and replicas are read by compose as well.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          deploy:
            replicas: 2
            resources:
              limits: { memory: 1g }
    `,
  },
];
