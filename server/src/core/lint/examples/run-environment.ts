import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

const unit = (lines: string) => `[Unit]\nDescription=App\n${lines}[Install]\nWantedBy=multi-user.target\n`;
const image = (service: string) => ({
  Dockerfile: text`
    ${debian}
    COPY app.service /etc/systemd/system/
    RUN systemctl enable app
    ${boots}
  `,
  "app.service": unit(service),
});
const reads = "[Service]\nStandardOutput=null\nExecStart=/usr/local/bin/app $DATABASE_URL\n";
const passed = reads.replace("[Service]\n", "[Service]\nPassEnvironment=DATABASE_URL\n");

const service = `services:
  web:
    build: .
    tty: true
    security_opt: [writable-cgroups=true]
    tmpfs: [/run, /run/lock]`;

export const examples: Examples = [
  {
    says: "Incorrect: the service reads a variable that systemd does not pass on.",
    files: image(reads),
    source: text`
      ${service}
          environment:
            DATABASE_URL: postgres://db/app
      #                   ^^^^^^^^^^^^^^^^^ exec: DATABASE_URL
    `,
    fixed: text`
      ${service}
          environment:
            DATABASE_URL: postgres://db/app
    `,
    fixedFiles: { "app.service": unit(passed) },
  },
  {
    says: "Incorrect: the condition is false because the variable is set only for PID 1.",
    files: image(
      "ConditionEnvironment=ROLE=worker\n[Service]\nStandardOutput=null\nExecStart=/usr/local/bin/app\n",
    ),
    source: text`
      ${service}
          environment: [ROLE=worker]
      #                 ^^^^^^^^^^^ condition: app.service
    `,
    fixed: text`
      ${service}
          environment: [ROLE=worker]
          command: ["/sbin/init", "systemd.setenv=ROLE=worker"]
    `,
  },
  {
    says: "Incorrect: the variable is in the service's `env_file`.",
    files: { ...image(reads), "app.env": "DATABASE_URL=postgres://db/app\n" },
    source: text`
      ${service}
          env_file: app.env
      #             ^^^^^^^ exec: DATABASE_URL
    `,
    fixed: text`
      ${service}
          env_file: app.env
    `,
    fixedFiles: { "app.service": unit(passed) },
  },
  {
    says: "Correct: the unit passes the variable on.",
    files: image(passed),
    source: text`
      ${service}
          environment:
            DATABASE_URL: postgres://db/app
    `,
  },
];
