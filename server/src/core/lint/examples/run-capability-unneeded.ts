import type { Examples } from "../example";
import { debianImage, service, text } from "./blocks";

export const examples: Examples = [
  {
    says: "`SYS_ADMIN` is not needed when the engine mounts `/run` and makes the cgroup tree writable.",
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
    says: "With AppArmor, `SYS_ADMIN` makes sandboxed units fail.",
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
    says: "`ALL` grants far more than services need. The fix keeps only the capability that an enabled service needs.",
    files: {
      Dockerfile: debianImage.Dockerfile.replace("dbus", "dbus nftables && systemctl enable nftables"),
    },
    source: text`
      ${service}
          cap_add: [ALL]
      #             ^^^ all: ALL
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
    says: "The name of the volume suggests that the container serves or mounts NFS, which needs `SYS_ADMIN`.",
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
    says: "To mount NFS, the container needs `SYS_ADMIN` and must not be confined by AppArmor.",
    files: { Dockerfile: debianImage.Dockerfile.replace("dbus", "dbus nfs-common") },
    source: text`
      ${service}
          cap_add: [SYS_ADMIN]
          security_opt: [writable-cgroups=true, apparmor=unconfined]
          tmpfs: [/run, /run/lock]
    `,
  },
];
