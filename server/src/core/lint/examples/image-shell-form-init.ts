import type { Examples } from "../example";
import { boots, debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: dash stays PID 1, and systemd is its child.",
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
    says: "Incorrect: typographic quotes are not JSON.",
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
    says: "Correct: `exec` makes systemd PID 1 in shell form too.",
    source: text`
      ${debian}
      ${settings}
      CMD exec /sbin/init
    `,
  },
  {
    says: "Incorrect: the exec form starts a shell. Here `sh` is bash, and `-lc` combines two options.",
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
    says: "Correct: a program other than systemd can use shell form.",
    source: `
      FROM debian:12
      CMD /usr/local/bin/serve
    `,
  },
];
