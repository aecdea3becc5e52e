import type { Examples } from "../example";
import { boots, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "A service would read the variable, and never sees it.",
    source: text`
      FROM debian:12
      ENV container=docker
      ENV DATABASE_URL=postgres://db/app
      #   ^^^^^^^^^^^^ do not inherit
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    fixed: text`
      FROM debian:12
      ENV container=docker
      ENV DATABASE_URL=postgres://db/app
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${settings}
      RUN mkdir -p /etc/systemd/system/service.d && printf '[Service]\\nPassEnvironment=DATABASE_URL\\n' > /etc/systemd/system/service.d/environment.conf
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Variables of the build and of PID 1 itself.",
    source: text`
      FROM debian:12
      ENV container=docker DEBIAN_FRONTEND=noninteractive PACKAGES="systemd systemd-sysv dbus"
      RUN apt-get update && apt-get install -y $PACKAGES
      ${boots}
    `,
  },
];
