import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "`stop_signal` overrides the image's correct signal.",
    files: debianImage,
    source: text`
      ${service}
          stop_signal: SIGTERM
      #                ^^^^^^^ wrong: SIGTERM
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    fixed: text`
      ${service}
          stop_signal: SIGRTMIN+3
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    boot: {
      before: { state: "running", stopCode: 137 },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Podman sends the signal that the service sets instead of its correct default.",
    target: { engine: "podman" },
    files: debianImage,
    source: `
      services:
        web:
          build: .
          stop_signal: SIGTERM
      #                ^^^^^^^ wrong: SIGTERM
    `,
    fixed: `
      services:
        web:
          build: .
          stop_signal: SIGRTMIN+3
    `,
  },
  {
    says: "The service sets no stop signal, and the image is unknown.",
    source: `
      services:
        web:
      # ^^^ unknown
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          environment:
            container: docker
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
    fixed: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          environment:
            container: docker
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          stop_signal: SIGRTMIN+3
    `,
  },
  {
    says: "Only the mounts suggest systemd, so this rule does not report a missing signal.",
    source: `
      services:
        web:
          image: registry.example.com/web
          cgroup: host
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "`RTMIN+4`, written without the `SIG` prefix, powers off.",
    source: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: RTMIN+4
          environment:
            container: docker
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
];
