import type { Examples } from "../example";
import { debianImage } from "./images";

export const examples: Examples = [
  {
    says: "A firewall in the container.",
    files: {
      Dockerfile: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nftables
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
    fixed: `
      services:
        web:
          build: .
          tty: true
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
    source: `
      services:
        web:
          build: .
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
