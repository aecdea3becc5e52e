import type { Examples } from "../example";
import { boots, settings, text } from "./blocks";

const image = (packages: string) => `FROM debian:12
ENV container=docker
RUN apt-get update && apt-get install -y --no-install-recommends ${packages}
RUN useradd --create-home app
COPY app.service /home/app/.config/systemd/user/app.service`;

export const examples: Examples = [
  {
    says: "Incorrect: the packages that start a user's systemd are not installed.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y --no-install-recommends systemd systemd-sysv dbus
      #                                                                        ^^^^^^^^^^^^ packages: libpam-systemd
      RUN useradd --create-home app
      COPY app.service /home/app/.config/systemd/user/app.service
      RUN mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/app
      ${boots}
    `,
    fixed: text`
      ${image("systemd systemd-sysv libpam-systemd dbus-user-session dbus")}
      RUN mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/app
      ${boots}
    `,
  },
  {
    says: "Incorrect: the user never logs in, and lingering is not enabled.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN useradd --create-home app
      COPY app.service /home/app/.config/systemd/user/
      #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ session
      ${boots}
    `.replaceAll("\\`", "`"),
    fixed: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN useradd --create-home app
      COPY app.service /home/app/.config/systemd/user/
      ${settings}
      RUN mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/app
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Incorrect: logind does not run during the build.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN useradd app && loginctl enable-linger app
      #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ linger
      ${boots}
    `,
    fixed: text`
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN useradd app && mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/app
      ${boots}
    `,
  },
  {
    says: "Correct: the packages are installed, and lingering is enabled.",
    source: text`
      ${image("systemd systemd-sysv libpam-systemd dbus-user-session dbus")}
      RUN mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/app
      ${boots}
    `,
  },
];
