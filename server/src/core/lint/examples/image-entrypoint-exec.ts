import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "The script starts systemd as its child.",
    files: {
      "entrypoint.sh": `
        #!/bin/sh
        mkdir -p /var/lib/app
        /sbin/init
      `,
    },
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY --chmod=755 entrypoint.sh /entrypoint.sh
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/entrypoint.sh"]
      #           ^^^^^^^^^^^^^^^^ Start it with exec
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY --chmod=755 entrypoint.sh /entrypoint.sh
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    fixedFiles: {
      "entrypoint.sh": `
        #!/bin/sh
        mkdir -p /var/lib/app
        exec /sbin/init
      `,
    },
    boot: {
      before: {
        state: "exited",
        exitCode: 1,
        log: "Couldn't find an alternative telinit implementation to spawn.",
      },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "The script is given init, and does something else.",
    files: {
      "entrypoint.sh": `
        #!/bin/sh
        mkdir -p /var/lib/app
        exec sleep infinity
      `,
    },
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY --chmod=755 entrypoint.sh /entrypoint.sh
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/entrypoint.sh"]
      #           ^^^^^^^^^^^^^^^^ never starts /sbin/init
      CMD ["/sbin/init"]
    `,
  },
  {
    says: 'exec "$@" runs what CMD says in place of the shell.',
    files: {
      "entrypoint.sh": `
        #!/bin/sh
        mkdir -p /var/lib/app
        exec "$@"
      `,
    },
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY --chmod=755 entrypoint.sh /entrypoint.sh
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/entrypoint.sh"]
      CMD ["/sbin/init"]
    `,
  },
];
