import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: no Compose file starts the image.",
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
    says: "Correct: a comment shows the command that starts the image.",
    files: {},
    source: text`
      # docker run --tmpfs /run --tmpfs /run/lock --security-opt writable-cgroups=true my-image
      ${debian}
      ${boots}
    `,
  },
];
