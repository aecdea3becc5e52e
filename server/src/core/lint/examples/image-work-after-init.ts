import type { Examples } from "../example";
import { debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: init in the background is not PID 1.",
    files: {
      "start.sh": `
        #!/bin/sh
        /sbin/init &
        sleep 5
        systemctl start nginx
        wait
      `,
    },
    source: text`
      ${debian}
      RUN apt-get install -y nginx
      COPY --chmod=755 start.sh /start.sh
      ${settings}
      CMD ["/start.sh"]
      #    ^^^^^^^^^^^ background
    `,
  },
  {
    says: "Incorrect: commands after `exec` never run.",
    files: {
      "start.sh": `
        #!/bin/sh
        exec /sbin/init
        mkdir -p /srv/data
      `,
    },
    source: text`
      ${debian}
      COPY --chmod=755 start.sh /start.sh
      ${settings}
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ after: mkdir -p /srv/data
    `,
    fixed: text`
      ${debian}
      COPY --chmod=755 start.sh /start.sh
      ${settings}
      ENTRYPOINT ["/start.sh"]
    `,
    fixedFiles: {
      "start.sh": `
        #!/bin/sh
        mkdir -p /srv/data
        exec /sbin/init
      `,
    },
  },
  {
    says: "Correct: a background command before `exec` keeps running beside systemd.",
    files: {
      "start.sh": `
        #!/bin/sh
        (until journalctl -q -n 0; do sleep 1; done; exec journalctl -f) &
        exec /sbin/init
      `,
    },
    source: text`
      ${debian}
      COPY --chmod=755 start.sh /start.sh
      ${settings}
      ENTRYPOINT ["/start.sh"]
    `,
  },
];
