import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "A wrong signal wins over the image's right one.",
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
    says: "Podman, too, sends the signal that the service names.",
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
    says: "What an unknown image sets cannot be known, so this is a hint.",
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
    says: "Mounts alone let systemd be guessed: what is missing is not asked for then.",
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
    says: "The signal without SIG, or power-off in place of halt, is right too.",
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
