import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The capability goes, and the mounts come from outside.",
    files: debianImage,
    source: text`
      ${service}
          cap_add:
            - SYS_ADMIN
      #       ^^^^^^^^^ found: SYS_ADMIN
            - NET_ADMIN
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          cap_add:
            - NET_ADMIN
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    boot: { before: { state: "running", stopCode: 0 }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "An engine with AppArmor.",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2, appArmor: true },
    files: debianImage,
    source: text`
      ${service}
          cap_add: [CAP_SYS_ADMIN, NET_ADMIN]
      #             ^^^^^^^^^^^^^ fails
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
    fixed: text`
      ${service}
          cap_add: [NET_ADMIN]
          security_opt: [writable-cgroups=true]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "A volume that is called after NFS may be served or mounted here.",
    files: debianImage,
    source: text`
      ${service}
          cap_add: [SYS_ADMIN]
          volumes: ["./nfs-exports:/exports"]
          security_opt: [writable-cgroups=true, apparmor=unconfined]
          tmpfs: [/run, /run/lock]
    `,
  },
  {
    says: "What mounts NFS needs both.",
    files: { Dockerfile: debianImage.Dockerfile.replace("dbus", "dbus nfs-common") },
    source: text`
      ${service}
          cap_add: [SYS_ADMIN]
          security_opt: [writable-cgroups=true, apparmor=unconfined]
          tmpfs: [/run, /run/lock]
    `,
  },
];
