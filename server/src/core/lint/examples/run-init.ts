import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "The engine's init is enabled.",
    source: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          init: true
      #         ^^^^ found
          tty: true
          stop_signal: SIGRTMIN+3
          environment:
            container: docker
          security_opt:
            - writable-cgroups=true
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
    `,
    fixed: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          environment:
            container: docker
          security_opt:
            - writable-cgroups=true
          tmpfs:
            - /run
            - /run/lock
            - /tmp:exec,mode=1777
    `,
    boot: {
      before: { state: "exited", exitCode: 1, log: "telinit" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "The container does not run systemd, so it can use the engine's init.",
    source: `
      services:
        web:
          image: nginx
          init: true
    `,
  },
];
