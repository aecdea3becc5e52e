import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "The dashes are missing.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["log-level=info", "unit=sysinit.target"]
      #    ^^^^^^^^^^^^^^^^ two dashes
      #                      ^^^^^^^^^^^^^^^^^^^^^ default target
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["--log-level=info"]
    `,
    boot: {
      before: { state: "running", log: "Reached target multi-user.target" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "No shell is there to run a second command; enable the service in a RUN.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd", "&&", "systemctl", "enable", "--now", "ssh"]
      #                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Nothing interprets
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd"]
    `,
  },
  {
    says: "Options, and words of the kernel's command line.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["--log-level=info", "systemd.journald.forward_to_console=1", "quiet", "--", "unit=x"]
    `,
  },
];
