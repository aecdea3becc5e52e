import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: a service's working directory exists only in the image.",
    source: text`
      ${debian}
      RUN mkdir -p /run/app
      #            ^^^^^^^^ found: app.service
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      WorkingDirectory=/run/app
      ExecStart=/bin/sleep infinity

      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      ${boots}
    `,
    fixed: text`
      ${debian}
      RUN mkdir -p /run/app
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      RuntimeDirectory=app
      WorkingDirectory=/run/app
      ExecStart=/bin/sleep infinity

      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      ${boots}
    `,
    boot: { before: { state: "degraded" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Correct: only the build uses the directory.",
    source: text`
      ${debian}
      RUN mkdir -p /run/build && cp -r /etc/apt /run/build && rm -rf /run/build
      ${boots}
    `,
  },
  {
    says: "Correct: `RuntimeDirectory=` creates the directory at boot.",
    source: text`
      ${debian}
      RUN mkdir -p /run/app
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      RuntimeDirectory=app
      WorkingDirectory=/run/app
      ExecStart=/bin/sleep infinity
      EOF
      ${boots}
    `,
  },
];
