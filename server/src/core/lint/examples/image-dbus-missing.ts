import type { Examples } from "../example";
import { boots, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: `hostnamectl` in a service needs D-Bus.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd systemd-sysv
      #                                                                        ^^^^^^^^^^^^ found: hostnamectl
      COPY <<EOF /etc/systemd/system/name.service
      [Service]
      Type=oneshot
      ExecStart=/usr/bin/hostnamectl set-chassis container
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable name.service
      ${boots}
    `,
    fixed: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd systemd-sysv dbus
      COPY <<EOF /etc/systemd/system/name.service
      [Service]
      Type=oneshot
      ExecStart=/usr/bin/hostnamectl set-chassis container
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable name.service
      ${boots}
    `,
    boot: { before: { state: "degraded" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Correct: `systemctl` does not need D-Bus.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd systemd-sysv
      COPY <<EOF /etc/systemd/system/name.service
      [Service]
      Type=oneshot
      ExecStart=/usr/bin/systemctl start other.service
      EOF
      ${boots}
    `,
  },
];
