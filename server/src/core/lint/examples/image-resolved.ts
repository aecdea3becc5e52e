import type { Examples } from "../example";
import { boots, debian, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: systemd-resolved is enabled in a container.",
    source: text`
      ${debianWith("systemd-resolved")}
      RUN systemctl enable systemd-resolved
      #                    ^^^^^^^^^^^^^^^^ unit
      ${boots}
    `,
    fixed: text`
      ${debianWith("systemd-resolved")}
      RUN systemctl mask systemd-resolved
      ${boots}
    `,
  },
  {
    says: "Incorrect: the build replaces `/etc/resolv.conf`, which the engine mounts.",
    source: text`
      ${debian}
      RUN ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ file
      ${boots}
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
  },
  {
    says: "Correct: systemd-resolved is enabled, but masked later.",
    source: text`
      ${debianWith("systemd-resolved")}
      RUN systemctl enable systemd-resolved
      RUN systemctl disable systemd-resolved && systemctl mask systemd-resolved
      ${boots}
    `,
  },
];
