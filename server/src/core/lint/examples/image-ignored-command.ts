import type { Examples } from "../example";
import { debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: init receives a program as an argument and ignores it.",
    source: text`
      ${debian} python3
      ${settings}
      ENTRYPOINT ["/sbin/init"]
      CMD ["python3", "-m", "http.server"]
      #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ program
    `,
    fixed: text`
      ${debian} python3
      ${settings}
      ENTRYPOINT ["/sbin/init"]
      COPY run-python3.service /etc/systemd/system/
      RUN systemctl enable run-python3.service
    `,
    fixedFiles: {
      "run-python3.service": `
        [Unit]
        Description=python3

        [Service]
        Type=exec
        Restart=on-failure
        ExecStart=/usr/bin/env python3 -m http.server

        [Install]
        WantedBy=multi-user.target
      `,
    },
  },
  {
    says: "Incorrect: init ignores the program. The fix enables the unit from the package.",
    source: text`
      ${debian} nginx
      ${settings}
      ENTRYPOINT ["/sbin/init"]
      CMD ["nginx", "-g", "daemon off;"]
      #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ program
    `,
    fixed: text`
      ${debian} nginx
      ${settings}
      ENTRYPOINT ["/sbin/init"]
      RUN systemctl enable nginx.service
    `,
  },
  {
    says: "Incorrect: init ignores a script. The fix creates a oneshot unit that sets its directory and variables.",
    files: { "prepare.sh": "#!/bin/sh\nmkdir -p $DATA/cache\nchown -R www-data $DATA\n" },
    source: text`
      ${debian}
      ENV DATA=/srv/data
      WORKDIR /srv
      COPY --chmod=755 prepare.sh /usr/local/bin/prepare.sh
      ${settings}
      ENTRYPOINT ["/sbin/init"]
      CMD ["/usr/local/bin/prepare.sh"]
      #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ program
    `,
    fixed: text`
      ${debian}
      ENV DATA=/srv/data
      WORKDIR /srv
      COPY --chmod=755 prepare.sh /usr/local/bin/prepare.sh
      ${settings}
      ENTRYPOINT ["/sbin/init"]
      COPY run-prepare.service /etc/systemd/system/
      RUN systemctl enable run-prepare.service
    `,
    fixedFiles: {
      "run-prepare.service": `
        [Unit]
        Description=prepare

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        TimeoutStartSec=5min
        ExecStart=/usr/local/bin/prepare.sh
        WorkingDirectory=/srv
        PassEnvironment=DATA

        [Install]
        WantedBy=multi-user.target
      `,
    },
  },
  {
    says: "Correct: systemd reads its options and kernel command line parameters.",
    source: text`
      ${debian}
      ${settings}
      ENTRYPOINT ["/sbin/init"]
      CMD ["--log-level=info", "systemd.show_status=0"]
    `,
  },
];
