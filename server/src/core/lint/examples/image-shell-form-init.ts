import type { Examples } from "../example";
import { boots, debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "dash stays, and systemd is not PID 1.",
    source: text`
      ${debian}
      ${settings}
      CMD /sbin/init
      #   ^^^^^^^^^^ shell
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
    boot: {
      before: { state: "exited", exitCode: 1, log: "telinit" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Quotes that a word processor made.",
    source: text`
      ${debian}
      ${settings}
      CMD [“/sbin/init”]
      #   ^^^^^^^^^^^^^^ quotes
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
  },
  {
    says: "exec makes systemd PID 1 in shell form too.",
    source: text`
      ${debian}
      ${settings}
      CMD exec /sbin/init
    `,
  },
  {
    says: "The same in exec form: options may stand together, and sh is bash here.",
    source: text`
      FROM rockylinux:9
      ENV container=docker
      RUN dnf -y install systemd
      ${settings}
      CMD ["/bin/sh", "-lc", "/sbin/init"]
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bash
    `,
    fixed: text`
      FROM rockylinux:9
      ENV container=docker
      RUN dnf -y install systemd
      ${boots}
    `,
  },
  {
    says: "Another program in shell form is not systemd's business.",
    source: `
      FROM debian:12
      CMD /usr/local/bin/serve
    `,
  },
];
