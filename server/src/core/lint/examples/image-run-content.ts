import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "A service works in a directory that only the build makes.",
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
    says: "The build itself needs the directory, run time does not.",
    source: text`
      ${debian}
      RUN mkdir -p /run/build && cp -r /etc/apt /run/build && rm -rf /run/build
      ${boots}
    `,
  },
  {
    says: "The unit makes its directory.",
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
