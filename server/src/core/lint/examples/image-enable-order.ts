import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "The unit is copied after it is enabled.",
    files: {
      "app.service": `
        [Service]
        ExecStart=/usr/bin/sleep infinity
        [Install]
        WantedBy=multi-user.target
      `,
    },
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      RUN systemctl enable app.service
      #                    ^^^^^^^^^^^ nothing to enable yet
      COPY app.service /etc/systemd/system/
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app.service
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    boot: {
      before: { state: "build-fails", log: "does not exist" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "A package brought the unit, and a copy replaces it later.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
      RUN systemctl enable nginx.service
      COPY nginx.service /etc/systemd/system/
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Copied first, then enabled.",
    source: `
      FROM debian:12
      ENV container=docker
      RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
      COPY app.service /etc/systemd/system/
      RUN systemctl enable app.service
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
