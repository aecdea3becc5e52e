import type { Examples } from "../example";
import { debian, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: sshd is enabled, but the boot ends before it starts.",
    source: text`
      ${debianWith("openssh-server")}
      RUN systemctl enable ssh
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd", "--unit=sysinit.target"]
      #                            ^^^^^^^^^^^^^^^^^^^^^^^ found
    `,
    fixed: text`
      ${debianWith("openssh-server")}
      RUN systemctl enable ssh
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd", "--unit=multi-user.target"]
    `,
    boot: {
      before: { state: "running", inactive: ["ssh.service", "systemd-user-sessions.service"] },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Correct: no service is enabled, so the early target is enough.",
    source: text`
      ${debian}
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd", "--unit=sysinit.target"]
    `,
  },
];
