import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "A service works in a directory that only the build makes.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN mkdir -p /run/app
      #            ^^^^^^^^ app.service needs it
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      WorkingDirectory=/run/app
      ExecStart=/bin/sleep infinity

      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN mkdir -p /run/app
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      RuntimeDirectory=app
      WorkingDirectory=/run/app
      ExecStart=/bin/sleep infinity

      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    boot: { before: { state: "degraded" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "The build itself needs the directory, run time does not.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN mkdir -p /run/build && cp -r /etc/apt /run/build && rm -rf /run/build
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "The unit makes its directory.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN mkdir -p /run/app
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      RuntimeDirectory=app
      WorkingDirectory=/run/app
      ExecStart=/bin/sleep infinity
      EOF
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
