import type { Examples } from "../example";
import { boots, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: a service is started during the build. Enable it instead.",
    source: text`
      ${debianWith("nginx")}
      RUN systemctl start nginx
      #   ^^^^^^^^^^^^^^^^^^^^^ fails
      ${boots}
    `,
    fixed: text`
      ${debianWith("nginx")}
      RUN systemctl enable nginx
      ${boots}
    `,
    boot: {
      before: { state: "build-fails", log: "System has not been booted with systemd" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Incorrect: `daemon-reload` and `--now` are unnecessary, because systemd reads all unit files when it boots.",
    source: text`
      ${debianWith("nginx")}
      RUN systemctl daemon-reload && \\
      #   ^^^^^^^^^^^^^^^^^^^^^^^ fails
          systemctl enable --now nginx
      #                    ^^^^^ now
      ${boots}
    `,
    fixed: text`
      ${debianWith("nginx")}
      RUN systemctl enable nginx
      ${boots}
    `,
  },
  {
    says: "Incorrect: `systemctl start` fails every build, whatever program the image starts.",
    source: `
      FROM quay.io/fedora/fedora-bootc:42
      RUN systemctl start sshd
      #   ^^^^^^^^^^^^^^^^^^^^ fails
    `,
    fixed: `
      FROM quay.io/fedora/fedora-bootc:42
      RUN systemctl enable sshd
    `,
  },
  {
    says: "Correct: a replacement for `systemctl` starts services without systemd.",
    source: `
      FROM ubuntu:22.04
      COPY files/docker/systemctl3.py /usr/bin/systemctl
      RUN systemctl start nginx
      CMD ["/usr/bin/systemctl"]
    `,
  },
  {
    says: "Correct: the script runs later, and with `SYSTEMD_OFFLINE=1` systemctl only changes links.",
    source: text`
      ${debianWith("nginx")}
      RUN echo "systemctl start nginx" > /usr/local/bin/start && chmod +x /usr/local/bin/start
      RUN SYSTEMD_OFFLINE=1 systemctl daemon-reload
      ${boots}
    `,
  },
  {
    says: "Correct: the service runs only while the same step needs it.",
    source: text`
      ${debianWith("postgresql")}
      RUN service postgresql start && su postgres -c "createdb app"
      ${boots}
    `,
  },
];
