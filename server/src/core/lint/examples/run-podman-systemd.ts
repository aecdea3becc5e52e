import type { Examples } from "../example";
import { debianImage } from "./blocks";

export const examples: Examples = [
  {
    says: "Podman recognizes init only by its full path.",
    target: { engine: "podman" },
    files: debianImage,
    source: `
      services:
        web:
          build: .
          command: ["init", "--unit=multi-user.target"]
      #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown: init
    `,
    fixed: `
      services:
        web:
          build: .
          command: ["/sbin/init", "--unit=multi-user.target"]
    `,
    boot: { before: { state: "exited", exitCode: 255 }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Podman looks at the entry script, not at the init that the script starts.",
    target: { engine: "podman" },
    files: {
      Dockerfile: `
        FROM debian:12
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        COPY entry.sh /entry.sh
        RUN chmod +x /entry.sh
        STOPSIGNAL SIGRTMIN+3
        ENTRYPOINT ["/entry.sh"]
        CMD ["/sbin/init"]
      `,
      "entry.sh": `
        #!/bin/sh
        exec "$@"
      `,
    },
    source: `
      services:
        web:
      # ^^^ unknown: /entry.sh
          build: .
    `,
    fixed: `
      services:
        web:
          build: .
    `,
    fixedFiles: {
      Dockerfile: `
        FROM debian:12
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        COPY entry.sh /entry.sh
        RUN chmod +x /entry.sh
        STOPSIGNAL SIGRTMIN+3
        RUN ln -s /entry.sh /usr/local/sbin/init
        ENTRYPOINT ["/usr/local/sbin/init"]
        CMD ["/sbin/init"]
      `,
    },
    boot: { before: { state: "exited", exitCode: 255 }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Podman recognizes any program named `systemd`.",
    target: { engine: "podman" },
    files: debianImage,
    source: `
      services:
        web:
          build: .
          command: ["/lib/systemd/systemd", "--unit=multi-user.target"]
    `,
  },
];
