import type { Examples } from "../example";
import { debianImage } from "./images";

export const examples: Examples = [
  {
    says: "Nothing of the image is a FUSE client, so the bind can go.",
    files: debianImage,
    source: `
      services:
        web:
          build: .
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/fuse:/sys/fs/fuse
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^ needs /dev/fuse
            - data:/data
      volumes:
        data:
    `,
    fixed: `
      services:
        web:
          build: .
          tty: true
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          volumes:
            - data:/data
      volumes:
        data:
    `,
    boot: { before: { state: "running", stopCode: 0 }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "What a FUSE client needs.",
    files: { Dockerfile: debianImage.Dockerfile.replace("dbus", "dbus sshfs") },
    source: `
      services:
        web:
          build: .
          tty: true
          cap_add: [SYS_ADMIN]
          devices: [/dev/fuse]
          security_opt: [writable-cgroups=true, apparmor=unconfined]
          tmpfs: [/run, /run/lock]
    `,
  },
];
