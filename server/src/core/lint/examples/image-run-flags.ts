import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "No compose file starts it.",
    files: {},
    source: text`
      ${debian}
      ${boots}
      #    ^^^^^^^^^^^^ since
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
    fixedFiles: {
      "compose.yaml": `
        services:
          app:
            build: .
            init: false
            tty: true
            cgroup: private
            tmpfs:
              - /run
              - /run/lock
              - /tmp:exec,mode=1777
            security_opt:
              - writable-cgroups=true
      `,
    },
    boot: {
      before: { state: "exited", exitCode: 255 },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "A comment that shows the command will do.",
    files: {},
    source: text`
      # docker run --tmpfs /run --tmpfs /run/lock --security-opt writable-cgroups=true my-image
      ${debian}
      ${boots}
    `,
  },
];
