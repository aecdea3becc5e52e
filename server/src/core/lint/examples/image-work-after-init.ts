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
        touch /run/ready
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
    fixed: text`
      ${debian}
      RUN apt-get install -y nginx
      COPY --chmod=755 start.sh /start.sh
      ${settings}
      COPY after-boot.sh /usr/local/bin/
      COPY after-boot.service /etc/systemd/system/
      RUN systemctl enable after-boot.service
      CMD ["/start.sh"]
    `,
    fixedFiles: {
      "start.sh": `
        #!/bin/sh
        exec /sbin/init
      `,
      "after-boot.sh": `
        #!/bin/sh
        sleep 5
        systemctl start nginx
        touch /run/ready
      `,
      "after-boot.service": `
        [Unit]
        Description=Commands after the boot
        After=multi-user.target

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        TimeoutStartSec=5min
        ExecStart=/bin/sh /usr/local/bin/after-boot.sh

        [Install]
        WantedBy=multi-user.target
      `,
    },
    boot: { before: { state: "exited" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Incorrect: the script starts a service after init. systemd starts it at boot if it is enabled.",
    files: {
      "start.sh": `
        #!/bin/sh
        exec /sbin/init
        service cron start
      `,
    },
    source: text`
      ${debian} cron
      RUN systemctl disable cron
      COPY --chmod=755 start.sh /start.sh
      ${settings}
      CMD ["/start.sh"]
      #    ^^^^^^^^^^^ after: service cron start
    `,
    fixed: text`
      ${debian} cron
      RUN systemctl disable cron
      COPY --chmod=755 start.sh /start.sh
      ${settings}
      RUN systemctl enable cron.service
      CMD ["/start.sh"]
    `,
    fixedFiles: {
      "start.sh": `
        #!/bin/sh
        exec /sbin/init
      `,
    },
    boot: {
      before: { state: "running", inactive: ["cron.service"] },
      after: { state: "running", stopCode: 0 },
    },
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
    says: "Correct: a background command before `exec` keeps running alongside systemd.",
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
