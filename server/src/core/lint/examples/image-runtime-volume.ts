import type { Examples } from "../example";
import { boots, debian, service, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: the Compose service mounts a tmpfs on `/run`, so the volume is never used.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME ["/data", "/run"]
      #                ^^^^^^ covered
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME ["/data"]
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Incorrect: after a restart a service finds its old lock and does not run.",
    files: {
      "compose.yaml": text`
        ${service}
            security_opt: [writable-cgroups=true]
            tmpfs: [/run/lock]
      `,
    },
    source: text`
      ${debian}
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      ExecStart=/bin/sh -c "mkdir /run/app.lock && exec sleep infinity"
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      ${settings}
      VOLUME /run
      #      ^^^^ found
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      ExecStart=/bin/sh -c "mkdir /run/app.lock && exec sleep infinity"
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      ${boots}
    `,
    fixedFiles: {
      "compose.yaml": text`
        ${service}
            security_opt: [writable-cgroups=true]
            tmpfs: [/run/lock, /run]
      `,
    },
    boot: {
      restarted: true,
      before: { state: "degraded", inactive: ["app.service"] },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Correct: the volume is on a subdirectory of `/run` that belongs to the application.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      VOLUME /var/tmp /run/app/data
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
];
