import type { Examples } from "../example";
import { debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "CMD starts systemd and nothing names a target.",
    source: text`
      ${debian}
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd"]
      #   ^^^^^^^^^^^^^^^^^^^^^^^^ found
    `,
    fixed: text`
      ${debian}
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      RUN systemctl set-default multi-user.target
      CMD ["/lib/systemd/systemd"]
    `,
  },
  {
    says: "An argument chooses the target.",
    source: text`
      ${debian}
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd", "--unit=multi-user.target"]
    `,
  },
  {
    says: "So does the kernel's way of saying it.",
    source: text`
      ${debian}
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["systemd.unit=multi-user.target"]
    `,
  },
];
