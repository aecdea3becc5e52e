import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "A shell that does nothing but start init.",
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
    says: "Kept alive, not booted.",
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
    says: "A shell to work in, in the place of init.",
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
    says: "An entrypoint without the command that it should start.",
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
    says: "systemd reads options with dashes, and its kernel-command-line words.",
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
    says: "With exec the shell is gone when init starts.",
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
    says: "A container that has nothing of systemd's may well idle.",
    source: `
      services:
        tools:
          image: debian:12
          command: tail -f /dev/null
          tmpfs: [/tmp]
    `,
  },
];
