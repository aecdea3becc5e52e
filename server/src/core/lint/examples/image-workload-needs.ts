import type { Examples } from "../example";
import { boots, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "A time server sets the clock, which is the host's.",
    source: text`
      ${debianWith("chrony")}
      RUN systemctl enable chrony
      #                    ^^^^^^ needs: SYS_TIME
      ${boots}
    `,
  },
  {
    says: "A masked service needs nothing.",
    source: text`
      ${debianWith("chrony")}
      RUN systemctl mask chrony
      ${boots}
    `,
  },
];
