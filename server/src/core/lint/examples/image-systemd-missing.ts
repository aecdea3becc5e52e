import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "Incorrect: systemd is not installed.",
    source: `
      FROM debian:12
      ENV container=docker
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
      #    ^^^^^^^^^^^^ missing
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      STOPSIGNAL SIGRTMIN+3
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus && rm -rf /var/lib/apt/lists/* && : > /etc/machine-id
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
    boot: {
      before: { state: "refused", log: "no such file or directory" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Correct: all files are copied from a stage that has systemd.",
    source: `
      FROM debian:12 AS build
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      FROM debian:12
      COPY --from=build / /
      ENV container=docker
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
  },
  {
    says: "Correct: a script from the build context installs systemd.",
    files: {
      "setup.sh": `
        #!/bin/sh
        apt-get update
        apt-get install -y "$@" dbus
      `,
    },
    source: `
      FROM debian:12
      COPY setup.sh /tmp/
      RUN /tmp/setup.sh systemd
      ENV container=docker
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
  },
  {
    says: "Correct: the package `init` depends on systemd.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y init dbus
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
  },
];
