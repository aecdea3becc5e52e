import type { Examples } from "../example";
import { boots, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "A service is to be started: it is enabled instead.",
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
    says: "Reloading unit files and --now are needless: systemd reads them all when it boots.",
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
    says: "The build fails in any image, whatever its containers start.",
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
    says: "A replacement of systemctl starts services without systemd.",
    source: `
      FROM ubuntu:22.04
      COPY files/docker/systemctl3.py /usr/bin/systemctl
      RUN systemctl start nginx
      CMD ["/usr/bin/systemctl"]
    `,
  },
  {
    says: "What is only written into a script runs later, and an offline systemctl makes links only.",
    source: text`
      ${debianWith("nginx")}
      RUN echo "systemctl start nginx" > /usr/local/bin/start && chmod +x /usr/local/bin/start
      RUN SYSTEMD_OFFLINE=1 systemctl daemon-reload
      ${boots}
    `,
  },
  {
    says: "A service that the same step needs while it runs.",
    source: text`
      ${debianWith("postgresql")}
      RUN service postgresql start && su postgres -c "createdb app"
      ${boots}
    `,
  },
];
