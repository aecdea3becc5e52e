import type { Examples } from "../example";
import { settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The program and the stop signal stay behind.",
    source: text`
      FROM debian:12 AS build
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${settings}
      CMD ["/sbin/init", "--unit=multi-user.target"]
      FROM scratch
      COPY --from=build / /
      #    ^^^^^^^^^^^^^^^^ found: STOPSIGNAL SIGRTMIN+3
      ENV container=docker
    `,
    fixed: text`
      FROM debian:12 AS build
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${settings}
      CMD ["/sbin/init", "--unit=multi-user.target"]
      FROM scratch
      COPY --from=build / /
      ENV container=docker
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
    boot: {
      before: { state: "refused", log: "no command specified" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "All of it is said again.",
    source: text`
      FROM debian:12 AS build
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${settings}
      CMD ["/sbin/init", "--unit=multi-user.target"]
      FROM scratch
      COPY --from=build / /
      ENV container=docker
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
  },
];
