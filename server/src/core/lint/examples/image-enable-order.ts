import type { Examples } from "../example";
import { boots, debian, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: the unit is enabled before it is copied.",
    files: {
      "app.service": `
        [Service]
        ExecStart=/usr/bin/sleep infinity
        [Install]
        WantedBy=multi-user.target
      `,
    },
    source: text`
      ${debian}
      RUN systemctl enable app.service
      #                    ^^^^^^^^^^^ unit
      COPY app.service /etc/systemd/system/
      ${boots}
    `,
    fixed: text`
      ${debian}
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app.service
      ${boots}
    `,
    boot: {
      before: { state: "build-fails", log: "does not exist" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Correct: a package installs the unit, and a copy replaces it later.",
    source: text`
      ${debianWith("nginx")}
      RUN systemctl enable nginx.service
      COPY nginx.service /etc/systemd/system/
      ${boots}
    `,
  },
  {
    says: "Correct: the unit is copied before it is enabled.",
    source: text`
      ${debian}
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app.service
      ${boots}
    `,
  },
];
