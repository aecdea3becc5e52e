import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The image contains no known FUSE client, so the bind mount of `/sys/fs/fuse` can be removed.",
    files: debianImage,
    source: text`
      ${service}
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/fuse:/sys/fs/fuse
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^ found
            - data:/data
      volumes:
        data:
    `,
    fixed: text`
      ${service}
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
    says: "A FUSE client needs `/dev/fuse` and `SYS_ADMIN`, and must not be confined by AppArmor.",
    files: { Dockerfile: debianImage.Dockerfile.replace("dbus", "dbus sshfs") },
    source: text`
      ${service}
          cap_add: [SYS_ADMIN]
          devices: [/dev/fuse]
          security_opt: [writable-cgroups=true, apparmor=unconfined]
          tmpfs: [/run, /run/lock]
    `,
  },
];
