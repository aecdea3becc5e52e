import type { Examples } from "../example";
import { debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: USER is set before the program starts.",
    source: text`
      ${debian}
      ${settings}
      USER nobody
      #    ^^^^^^ found
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      ${settings}
      USER root
      CMD ["/sbin/init"]
    `,
    boot: {
      before: { state: "exited", exitCode: 255, log: "Failed to allocate manager object" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Incorrect: the last USER is not root, and later build steps run as that user.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN useradd -m app && : > /etc/machine-id
      USER app
      #    ^^^ found: app
      RUN mkdir ~/data
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN useradd -m app && : > /etc/machine-id
      USER app
      RUN mkdir ~/data
      STOPSIGNAL SIGRTMIN+3
      USER root
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Incorrect: it is unknown whether the program becomes root.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN useradd -m app && : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      USER app
      #    ^^^ raised: /usr/sbin/raise
      ENTRYPOINT ["/usr/sbin/raise", "/sbin/init"]
    `,
  },
  {
    says: "Correct: a later USER sets root again.",
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target
      RUN useradd -m app && : > /etc/machine-id
      USER app
      RUN mkdir ~/data
      USER 0:0
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Correct: the Compose service starts the image as root.",
    files: {
      "compose.yaml": `
        services:
          example:
            build: .
            tty: true
            user: root
            security_opt: [writable-cgroups=true]
            tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
      `,
    },
    source: text`
      ${debian}
      RUN systemctl set-default multi-user.target && : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      USER nobody
      CMD ["/sbin/init"]
    `,
  },
];
