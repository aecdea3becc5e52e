import type { Examples } from "../example";
import { settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: `COPY --from` does not copy the command and the stop signal.",
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
    says: "Correct: the last stage sets the variable, the stop signal and the command again.",
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
