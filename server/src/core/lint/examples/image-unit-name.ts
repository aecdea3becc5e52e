import type { Examples } from "../example";
import { boots, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: the name of the boot target has a typo.",
    source: text`
      ${debianWith("nginx")}
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.targte"]
      #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ target
    `,
    fixed: text`
      ${debianWith("nginx")}
      RUN : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init", "--unit=multi-user.target"]
    `,
  },
  {
    says: "Incorrect: on Debian sshd is an alias, which systemctl cannot enable.",
    source: text`
      ${debianWith("openssh-server")}
      RUN systemctl enable sshd
      #                    ^^^^ alias: ssh.service
      ${boots}
    `,
    fixed: text`
      ${debianWith("openssh-server")}
      RUN systemctl enable ssh
      ${boots}
    `,
    boot: {
      before: { state: "build-fails", log: "linked unit file sshd.service" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Incorrect: a unit file without an `[Install]` section cannot be enabled.",
    source: text`
      ${debianWith("cron")}
      COPY <<EOF /etc/systemd/system/app.target
      [Unit]
      Wants=cron.service
      EOF
      RUN systemctl enable app.target
      #                    ^^^^^^^^^^ install
      ${boots}
    `,
    fixed: text`
      ${debianWith("cron")}
      COPY <<EOF /etc/systemd/system/app.target
      [Unit]
      Wants=cron.service

      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.target
      ${boots}
    `,
  },
  {
    says: "Incorrect: the unit file is in a directory that systemd does not read.",
    source: text`
      ${debianWith("cron")}
      COPY <<EOF /etc/systemd/app.service
      [Service]
      ExecStart=/bin/sleep 1000

      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      #                    ^^^^^^^^^^^ place
      ${boots}
    `,
    fixed: text`
      ${debianWith("cron")}
      COPY <<EOF /etc/systemd/system/app.service
      [Service]
      ExecStart=/bin/sleep 1000

      [Install]
      WantedBy=multi-user.target
      EOF
      RUN systemctl enable app.service
      ${boots}
    `,
    boot: {
      before: { state: "build-fails", log: "app.service does not exist" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Correct: all units exist under these names.",
    source: text`
      ${debianWith("openssh-server cron nginx")}
      RUN systemctl enable ssh cron nginx.service && systemctl mask getty.target
      ${boots}
    `,
  },
];
