import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

const molecule = {
  "compose.yaml": `
    services:
      molecule-instance:
        build: .
        tty: true
        security_opt:
          - writable-cgroups=true
        tmpfs:
          - /run
          - /run/lock
          - /tmp:exec,mode=1777
  `,
};

export const examples: Examples = [
  {
    says: "Incorrect: policy-rc.d stays in the image, and Molecule installs packages in the running container.",
    files: molecule,
    source: text`
      ${debian}
      ${boots}
      #    ^^^^^^^^^^^^ found
    `,
    fixed: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      RUN rm -f /usr/sbin/policy-rc.d
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Correct: the file is removed.",
    files: molecule,
    source: text`
      ${debian}
      RUN rm /usr/sbin/policy-rc.d
      ${boots}
    `,
  },
];
