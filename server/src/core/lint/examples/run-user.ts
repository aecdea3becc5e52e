import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The container runs as the developer's user.",
    files: debianImage,
    source: text`
      ${service}
          user: "1000:1000"
      #         ^^^^^^^^^^^ found
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "Failed to allocate manager object" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "`0:0` is root.",
    files: debianImage,
    source: text`
      ${service}
          user: "0:0"
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
