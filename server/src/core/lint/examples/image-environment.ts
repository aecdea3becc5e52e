import type { Examples } from "../example";
import { boots, settings, text } from "./blocks";

const packages = `FROM debian:12
ENV container=docker
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus`;

const unit = (lines: string) => `[Unit]\nDescription=App\n${lines}[Install]\nWantedBy=multi-user.target\n`;
const reads = "[Service]\nStandardOutput=null\nExecStart=/usr/local/bin/app --database $DATABASE_URL\n";
const passed = reads.replace("[Service]\n", "[Service]\nPassEnvironment=DATABASE_URL\n");

export const examples: Examples = [
  {
    says: "Incorrect: the service does not inherit the variable that it reads.",
    files: { "app.service": unit(reads) },
    source: text`
      ${packages}
      ENV DATABASE_URL=postgres://db/app
      #   ^^^^^^^^^^^^ exec: DATABASE_URL
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app
      ${boots}
    `,
    fixed: text`
      ${packages}
      ENV DATABASE_URL=postgres://db/app
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app
      ${boots}
    `,
    fixedFiles: { "app.service": unit(passed) },
  },
  {
    says: "Incorrect: the condition is false because it ignores variables that ENV sets.",
    files: {
      "app.service": unit(
        "ConditionEnvironment=ROLE=worker\n[Service]\nStandardOutput=null\nExecStart=/usr/local/bin/app\n",
      ),
    },
    source: text`
      ${packages}
      ENV ROLE=worker
      #   ^^^^ condition: app.service
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app
      ${boots}
    `,
    fixed: text`
      ${packages}
      ENV ROLE=worker
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app
      ${settings}
      RUN mkdir -p /etc/systemd/system.conf.d && printf '[Manager]\\nDefaultEnvironment=ROLE=worker\\n' > /etc/systemd/system.conf.d/ROLE.conf
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Incorrect: systemd cannot read the environment of PID 1 as a file.",
    files: {
      "app.service": unit(
        "[Service]\nStandardOutput=null\nEnvironmentFile=/proc/1/environ\nExecStart=/usr/local/bin/app\n",
      ),
    },
    source: text`
      ${packages}
      COPY app.service /etc/systemd/system/
      #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ file
      RUN systemctl enable app
      ${boots}
    `,
  },
  {
    says: "Correct: the unit passes the variable on.",
    files: { "app.service": unit(passed) },
    source: text`
      ${packages}
      ENV DATABASE_URL=postgres://db/app
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app
      ${boots}
    `,
  },
  {
    says: "Correct: no service reads the variables.",
    source: text`
      FROM debian:12
      ENV container=docker DEBIAN_FRONTEND=noninteractive PACKAGES="systemd systemd-sysv dbus"
      RUN apt-get update && apt-get install -y $PACKAGES
      ${boots}
    `,
  },
];
