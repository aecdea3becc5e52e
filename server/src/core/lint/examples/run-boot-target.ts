import type { Examples } from "../example";
import { debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The command starts systemd without a target.",
    source: `
      services:
        web:
          image: registry.example.com/web
          command: /sbin/init
      #            ^^^^^^^^^^ found
          tty: true
          stop_signal: SIGRTMIN+3
          environment: { container: docker }
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    fixed: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          environment: { container: docker }
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
  {
    says: "systemd also accepts kernel command line options as arguments.",
    source: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "systemd.unit=container.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          environment: { container: docker }
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
  {
    says: "The image sets the default target, and the command only starts systemd.",
    files: {
      Dockerfile: text`
        ${debian}
        ${settings}
      `,
    },
    source: `
      services:
        web:
          build: .
          command: /sbin/init
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
];
