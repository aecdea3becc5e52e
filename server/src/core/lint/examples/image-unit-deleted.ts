import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "A package's unit is removed.",
    source: text`
      ${debian}
      RUN rm -f /lib/systemd/system/getty.target
      #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ found
      ${boots}
    `,
    fixed: text`
      ${debian}
      RUN systemctl mask getty.target
      ${boots}
    `,
  },
  {
    says: "A link in a wants directory only takes the unit out of a target.",
    source: text`
      ${debian}
      RUN rm -f /lib/systemd/system/multi-user.target.wants/getty.target
      ${boots}
    `,
  },
];
