import type { Examples } from "../example";
import { debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: the check fails in the state `degraded`.",
    source: text`
      ${debian}
      ${settings}
      HEALTHCHECK --interval=30s CMD systemctl is-system-running
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ degraded
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      ${settings}
      HEALTHCHECK --interval=30s CMD systemctl is-system-running | grep -qE '^(running|degraded)$'
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Incorrect: a single failed service makes the container unhealthy.",
    source: text`
      ${debian}
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      ExecStart=/bin/false
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      ${settings}
      HEALTHCHECK --interval=1s --retries=5 CMD systemctl is-system-running
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ degraded
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      ExecStart=/bin/false
      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      ${settings}
      HEALTHCHECK --interval=1s --retries=5 CMD systemctl is-system-running | grep -qE '^(running|degraded)$'
      CMD ["/sbin/init"]
    `,
    boot: {
      before: { state: "degraded", health: "unhealthy" },
      after: { state: "degraded", health: "healthy" },
    },
  },
  {
    says: "Incorrect: `--wait` can take longer than the check's timeout.",
    source: text`
      ${debian}
      ${settings}
      HEALTHCHECK --timeout=5s CMD systemctl is-system-running --wait | grep -qE 'running|degraded'
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wait: 5
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      ${settings}
      HEALTHCHECK --timeout=5s CMD systemctl is-system-running | grep -qE '^(running|degraded)$'
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Correct: the check tests a single service.",
    source: text`
      ${debian}
      ${settings}
      HEALTHCHECK --interval=30s CMD systemctl is-active dbus.service
      CMD ["/sbin/init"]
    `,
  },
];
