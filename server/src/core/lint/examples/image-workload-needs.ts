import type { Examples } from "../example";
import { boots, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: a time server sets the host's clock.",
    source: text`
      ${debianWith("chrony")}
      RUN systemctl enable chrony
      #                    ^^^^^^ needs: SYS_TIME
      ${boots}
    `,
  },
  {
    says: "Correct: a masked service needs no privileges.",
    source: text`
      ${debianWith("chrony")}
      RUN systemctl mask chrony
      ${boots}
    `,
  },
];
