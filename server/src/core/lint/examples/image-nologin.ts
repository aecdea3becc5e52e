import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "There is no such file while the image is built.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN mv /var/run/nologin /tmp
      #   ^^^^^^^^^^^^^^^^^^^^^^^^ The build fails
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    boot: { before: { state: "build-fails", log: "nologin" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Removing it quietly changes nothing either.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus && rm -f /run/nologin
      #                                                                     ^^^^^^^^^^^^^^^^^^ no effect
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "The file that makes it can be removed, and a shell of that name is something else.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN rm -f /usr/lib/tmpfiles.d/systemd-nologin.conf && useradd -s /sbin/nologin app
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
