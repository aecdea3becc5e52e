import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "`deploy.placement` shows that the file is for a swarm, which ignores the security option that systemd needs.",
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
    says: "Limits and replicas also apply to `docker compose`.",
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
