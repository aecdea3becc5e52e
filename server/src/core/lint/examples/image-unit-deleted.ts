import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: a package's unit file is deleted.",
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
    says: "Correct: deleting a link in a wants directory only removes the unit from a target.",
    source: text`
      ${debian}
      RUN rm -f /lib/systemd/system/multi-user.target.wants/getty.target
      ${boots}
    `,
  },
];
