import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The host's whole /run.",
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
    says: "A single socket is handed in for a purpose, and a directory elsewhere can be looked at.",
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
