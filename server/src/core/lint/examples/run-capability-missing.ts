import type { Examples } from "../example";
import { debianImage, debianWith, service, settings, text } from "./blocks";

/** An image with a nested engine, which does not use the host's terminals and devices. */
const engineImage = {
  Dockerfile: text`
    ${debianWith("docker.io")}
    RUN systemctl mask getty.target getty@.service systemd-udevd.service
    ${settings}
    CMD ["/sbin/init"]
  `,
};

export const examples: Examples = [
  {
    says: "`nftables.service` is enabled, but the container does not have `NET_ADMIN`.",
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
      # ^^^ found: nftables.service
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
    says: "Incorrect: the Docker package enables `docker.service`, which needs a privileged container.",
    files: engineImage,
    source: `
      services:
        web:
      # ^^^ privileged
          build: .
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          privileged: true
          volumes:
            - /var/lib/docker
    `,
  },
  {
    says: "Incorrect: the inner engine stores its layers in the container's own layers.",
    files: engineImage,
    source: `
      services:
        web:
      # ^^^ data: /var/lib/docker
          build: .
          tty: true
          privileged: true
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          privileged: true
          tmpfs: [/run, /run/lock]
          volumes:
            - /var/lib/docker
    `,
  },
  {
    says: "Incorrect: the unit starts `sshfs`, which needs `/dev/fuse` and `SYS_ADMIN`.",
    files: {
      Dockerfile: text`
        ${debianWith("sshfs")}
        COPY photos.service /etc/systemd/system/
        RUN systemctl enable photos
        ${settings}
        CMD ["/sbin/init"]
      `,
      "photos.service":
        "[Service]\nType=forking\nExecStart=/usr/bin/sshfs nas:/photos /srv/photos\n[Install]\nWantedBy=multi-user.target\n",
    },
    source: `
      services:
        web:
      # ^^^ found: photos.service
          build: .
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          security_opt: [writable-cgroups=true, apparmor=unconfined]
          tmpfs: [/run, /run/lock]
          cap_add:
            - SYS_ADMIN
          devices:
            - /dev/fuse
    `,
  },
  {
    says: "Correct: the Docker client in the container uses the host's engine through its socket.",
    files: engineImage,
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
    `,
  },
  {
    says: "A web server needs no additional capabilities.",
    files: { Dockerfile: debianImage.Dockerfile.replace("dbus", "dbus nginx") },
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
];
