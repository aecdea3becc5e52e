import type { Examples } from "../example";
import { debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: CMD starts systemd without a boot target.",
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
    says: "Correct: the argument `--unit=` sets the target.",
    source: text`
      ${debian}
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd", "--unit=multi-user.target"]
    `,
  },
  {
    says: "Correct: the kernel parameter `systemd.unit=` sets the target.",
    source: text`
      ${debian}
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["systemd.unit=multi-user.target"]
    `,
  },
];
