import type { Examples } from "../example";
import { debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "A degraded system counts as unhealthy.",
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
    says: "One service fails, and nothing else is wrong.",
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
    says: "Waiting for the end of the boot takes longer than the check may.",
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
    says: "Asking for a service is the better check.",
    source: text`
      ${debian}
      ${settings}
      HEALTHCHECK --interval=30s CMD systemctl is-active dbus.service
      CMD ["/sbin/init"]
    `,
  },
];
