import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "`sh` is PID 1 and only starts init.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          command: sh -c "/sbin/init --unit=multi-user.target"
      #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shell
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: `
      services:
        web:
          build: .
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    boot: {
      before: { state: "exited", exitCode: 1, log: "telinit" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "`tail -f` keeps the container running, but systemd is not started.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          command: tail -f /dev/null
      #            ^^^^^^^^^^^^^^^^^ idle
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "`bash` replaces the image's init.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          command: bash
      #            ^^^^ work
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "The entrypoint discards the image's `CMD`, so the script has no command to start.",
    files: { ...debianImage, "prepare.sh": '#!/bin/sh\nset -e\nexec "$@"\n' },
    source: `
      services:
        web:
          build: .
          entrypoint: /usr/local/bin/prepare
      #               ^^^^^^^^^^^^^^^^^^^^^^ dropped
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: `
      services:
        web:
          build: .
          entrypoint: /usr/local/bin/prepare
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          command: ["/sbin/init"]
    `,
  },
  {
    says: "`log-level=info` is ignored because options must start with two dashes. systemd accepts `systemd.unit=`, a kernel command line option.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          command: ["/sbin/init", "log-level=info", "systemd.unit=multi-user.target"]
      #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ dashes: log-level=info
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: `
      services:
        web:
          build: .
          command: ["/sbin/init", "--log-level=info", "systemd.unit=multi-user.target"]
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "With `exec`, init replaces the shell and is PID 1.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          command: sh -c "ulimit -c 0 && exec /sbin/init --unit=multi-user.target"
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "A container without systemd can run `tail -f`.",
    source: `
      services:
        tools:
          image: debian:12
          command: tail -f /dev/null
          tmpfs: [/tmp]
    `,
  },
];
