import type { Examples } from "../example";
import { boots, debian, settings, text } from "./blocks";

const unit = (lines: string) =>
  `[Service]\nExecStart=/usr/local/bin/app\n${lines}[Install]\nWantedBy=multi-user.target\n`;

const compose = (tty: string) => `services:
  app:
    build: .
${tty}    security_opt:
      - writable-cgroups=true
    tmpfs:
      - /run
      - /run/lock
      - /tmp:exec,mode=1777
`;

export const examples: Examples = [
  {
    says: "Incorrect: the service's output is not in the container's log.",
    files: { "app.service": unit("") },
    source: text`
      ${debian}
      COPY app.service /etc/systemd/system/
      #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ journal: app.service
      RUN systemctl enable app
      ${boots}
    `,
    fixed: text`
      ${debian}
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app
      ${settings}
      RUN mkdir -p /etc/systemd/journald.conf.d && printf '[Journal]\\nForwardToConsole=yes\\n' > /etc/systemd/journald.conf.d/console.conf
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Incorrect: a container without a terminal has no console.",
    files: { "app.service": unit("StandardOutput=journal+console\n"), "compose.yaml": compose("") },
    source: text`
      ${debian}
      COPY app.service /etc/systemd/system/
      #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ terminal
      RUN systemctl enable app
      ${boots}
    `,
    fixed: text`
      ${debian}
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app
      ${boots}
    `,
    fixedFiles: { "compose.yaml": compose("").replace("1777\n", "1777\n    tty: true\n") },
  },
  {
    says: "Correct: the service writes to the console of a container with a terminal.",
    files: { "app.service": unit("StandardOutput=journal+console\n") },
    source: text`
      ${debian}
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app
      ${boots}
    `,
  },
  {
    says: "Correct: the entrypoint script follows the journal.",
    files: {
      "app.service": unit(""),
      "start.sh": "#!/bin/sh\njournalctl -f -o cat &\nexec /sbin/init\n",
    },
    source: text`
      ${debian}
      COPY app.service /etc/systemd/system/
      COPY start.sh /start.sh
      RUN systemctl enable app
      ${settings}
      CMD ["/start.sh"]
    `,
  },
];
