import type { Examples } from "../example";
import { debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: the script starts systemd without `exec`.",
    files: {
      "entrypoint.sh": `
        #!/bin/sh
        mkdir -p /var/lib/app
        /sbin/init
      `,
    },
    source: text`
      ${debian}
      COPY --chmod=755 entrypoint.sh /entrypoint.sh
      ${settings}
      ENTRYPOINT ["/entrypoint.sh"]
      #           ^^^^^^^^^^^^^^^^ child
    `,
    fixed: text`
      ${debian}
      COPY --chmod=755 entrypoint.sh /entrypoint.sh
      ${settings}
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    fixedFiles: {
      "entrypoint.sh": `
        #!/bin/sh
        mkdir -p /var/lib/app
        exec /sbin/init
      `,
    },
    boot: {
      before: {
        state: "exited",
        exitCode: 1,
        log: "Couldn't find an alternative telinit implementation to spawn.",
      },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Incorrect: the script ignores its argument `/sbin/init`.",
    files: {
      "entrypoint.sh": `
        #!/bin/sh
        mkdir -p /var/lib/app
        exec sleep infinity
      `,
    },
    source: text`
      ${debian}
      COPY --chmod=755 entrypoint.sh /entrypoint.sh
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/entrypoint.sh"]
      #           ^^^^^^^^^^^^^^^^ never: /sbin/init
      CMD ["/sbin/init"]
    `,
  },
  {
    says: 'Correct: `exec "$@"` replaces the shell with the command in `CMD`.',
    files: {
      "entrypoint.sh": `
        #!/bin/sh
        mkdir -p /var/lib/app
        exec "$@"
      `,
    },
    source: text`
      ${debian}
      COPY --chmod=755 entrypoint.sh /entrypoint.sh
      ${settings}
      ENTRYPOINT ["/entrypoint.sh"]
      CMD ["/sbin/init"]
    `,
  },
];
