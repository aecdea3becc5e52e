import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The host's `/run` is mounted.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          volumes:
            - /run:/run
      #       ^^^^^^^^^ found
            - data:/data
          tmpfs: [/run/lock]
      volumes:
        data:
    `,
    fixed: text`
      ${service}
          security_opt: [writable-cgroups=true]
          volumes:
            - data:/data
          tmpfs: [/run/lock, /run]
      volumes:
        data:
    `,
    boot: {
      before: { state: "running", leaves: ["/run/nologin"] },
      after: { state: "running", leaves: [] },
    },
  },
  {
    says: "Mounts of a single socket, or of a host directory at another path, are allowed.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          volumes:
            - /run/postgresql/.s.PGSQL.5432:/run/postgresql/.s.PGSQL.5432
            - /run/udev:/host/udev:ro
          tmpfs: [/run, /run/lock]
    `,
  },
];
