import type { Examples } from "../example";
import { debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: without STOPSIGNAL the engine sends SIGTERM.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      CMD ["/sbin/init"]
      #    ^^^^^^^^^^^^ missing
    `,
    fixed: text`
      ${debian}
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    boot: {
      before: { state: "running", stopCode: 137 },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Incorrect: STOPSIGNAL sets a signal that does not shut systemd down.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      STOPSIGNAL SIGTERM
      #          ^^^^^^^ wrong: SIGTERM
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Incorrect: Podman needs no STOPSIGNAL, but a wrong one overrides its default.",
    target: { engine: "podman", version: "5.8.6", cgroupVersion: 2 },
    source: `
      FROM debian:12
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      STOPSIGNAL SIGTERM
      #          ^^^^^^^ wrong: SIGTERM
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    boot: {
      before: { state: "running", stopCode: 137 },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Correct: Podman sends the right signal if the image sets no STOPSIGNAL.",
    target: { engine: "podman", version: "5.8.6", cgroupVersion: 2 },
    source: `
      FROM debian:12
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Correct: 37 is the number of SIGRTMIN+3.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      STOPSIGNAL 37
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Correct: the Compose service sets the stop signal.",
    files: {
      "compose.yaml": `
        services:
          example:
            build: .
            tty: true
            stop_signal: SIGRTMIN+3
            security_opt: [writable-cgroups=true]
            tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
      `,
    },
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      CMD ["/sbin/init"]
    `,
  },
];
