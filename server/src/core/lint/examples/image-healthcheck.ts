import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "A degraded system counts as unhealthy.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      HEALTHCHECK --interval=30s CMD systemctl is-system-running
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a single failed unit
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      HEALTHCHECK --interval=30s CMD systemctl is-system-running | grep -qE '^(running|degraded)$'
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "One service fails, and nothing else is wrong.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      ExecStart=/bin/false
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      HEALTHCHECK --interval=1s --retries=5 CMD systemctl is-system-running
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a single failed unit
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      ExecStart=/bin/false
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      HEALTHCHECK --interval=1s --retries=5 CMD systemctl is-system-running | grep -qE '^(running|degraded)$'
      CMD ["/sbin/init"]
    `,
    boot: {
      before: { state: "degraded", health: "unhealthy" },
      after: { state: "degraded", health: "healthy" },
    },
  },
  {
    says: "Waiting for the end of the boot takes longer than the check may.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      HEALTHCHECK --timeout=5s CMD systemctl is-system-running --wait | grep -qE 'running|degraded'
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ after 5 seconds
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      HEALTHCHECK --timeout=5s CMD systemctl is-system-running | grep -qE '^(running|degraded)$'
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Asking for a service is the better check.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      HEALTHCHECK --interval=30s CMD systemctl is-active dbus.service
      CMD ["/sbin/init"]
    `,
  },
];
