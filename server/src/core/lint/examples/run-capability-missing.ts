import type { Examples } from "../example";
import { debianImage, debianWith, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "A firewall in the container.",
    files: {
      Dockerfile: text`
        ${debianWith("nftables")}
        RUN systemctl set-default multi-user.target && systemctl enable nftables
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    source: `
      services:
        web:
      # ^^^ nftables.service lacks
          build: .
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          cap_add:
            - NET_ADMIN
    `,
    boot: { before: { state: "degraded" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "A web server needs nothing.",
    files: { Dockerfile: debianImage.Dockerfile.replace("dbus", "dbus nginx") },
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
