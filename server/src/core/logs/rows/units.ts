import type { Row } from "../row";

/** Failures once PID 1 is running: mounts, and errors of services. */

const fuse =
  "Add the device /dev/fuse and the SYS_ADMIN capability, and `apparmor=unconfined` if the host uses AppArmor.";

export const mountRows: readonly Row[] = [
  {
    id: "tmp-mount",
    kind: "cause",
    line: /Failed to mount (?:tmp\.mount|Temporary Directory \/tmp|\/tmp\b)|(?<![\w-])tmp\.mount: Failed with result/,
    cause: "tmp.mount is enabled but cannot mount /tmp, so the system is degraded.",
    fix: "Start the container with {tmp}; the unit then skips the mount.",
    rules: ["run-tmpfs-tmp"],
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 257 and 262",
  },
  {
    id: "run-lock-mount",
    kind: "cause",
    line: /Failed to mount (?:run-lock\.mount|Legacy Locks Directory)|run-lock\.mount: Failed with result/,
    cause: "run-lock.mount cannot mount /run/lock, so the system is degraded.",
    fix: "Start the container with {lock}; the unit then skips the mount.",
    rules: ["run-tmpfs-run"],
    versions: "systemd 257 of Debian and Ubuntu",
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 257",
  },
  {
    id: "kernel-mounts",
    kind: "cause",
    line: /Failed to mount .*(?:Huge Pages File System|FUSE Control File System|Kernel (?:Debug|Trace|Configuration) File System|POSIX Message Queue File System)|(?:dev-hugepages|sys-fs-fuse-connections|sys-kernel-(?:debug|tracing|config))\.mount: Mount process exited/,
    cause: "A unit tries to mount a kernel file system, but the container is not permitted to mount it.",
    fix: "In the image, run `systemctl mask` with the unit shown in the line: dev-hugepages.mount, sys-fs-fuse-connections.mount or sys-kernel-debug.mount.",
    source: "Red Hat's init images mask them",
  },
  {
    id: "remount-root",
    kind: "cause",
    line: /Failed to start .*Remount Root and Kernel File Systems/,
    cause: "systemd-remount-fs cannot remount the root file system.",
    fix: "Run `systemctl mask systemd-remount-fs.service` in the image and empty its /etc/fstab.",
    source: "CentOS/sig-cloud-instance-images#55",
  },
  {
    id: "user-runtime",
    kind: "cause",
    line: /Failed to mount per-user tmpfs directory (?<path>\/run\/user\/\d+): Permission denied/,
    cause:
      "systemd-logind cannot mount {path} because AppArmor denies it. With systemd before 232, this ends the login session.",
    fix: "Use a newer release of the base image.",
    versions: "systemd below 232",
    source: "systemd/systemd#4154",
  },
];

/** Cases in which systemd boots something other than the intended target. */
export const targetRows: readonly Row[] = [
  {
    id: "target-not-loaded",
    kind: "cause",
    line: /Falling back to (?:rescue target: )?rescue\.target|Trying to load rescue target/,
    cause: "systemd could not load the boot target, so it started rescue.target, which runs no services.",
    fix: "Correct the name in `--unit=`, or the target that the image's default.target points to.",
    rules: ["image-unit-name"],
    source: "measured: Docker 28.5, systemd 252; systemd src/core/main.c",
  },
];

/** Cases in which systemd enters maintenance mode for a reason that no line shows. */
export const maintenanceRows: readonly Row[] = [
  {
    id: "target-maintenance",
    kind: "follow-up",
    line: /Reached target (?<target>(?:rescue|emergency)\.target|(?:Rescue|Emergency) Mode)/,
    cause: "systemd started {target}, which starts a shell but no services.",
    fix: "Boot into another target, such as multi-user.target. If the image already sets such a target, a unit required for the boot failed: see the lines before this one.",
    rules: ["image-target-skips-services"],
    ambiguous: true,
    source: "measured: Docker 28.5, systemd 252; systemd.special(7)",
  },
];

export const serviceRows: readonly Row[] = [
  {
    id: "audit-socket",
    kind: "cause",
    line: /Failed to listen on .*Journal Audit Socket|systemd-journald-audit\.socket.*Operation not permitted/,
    cause: "journald cannot listen to the kernel's audit log, and old versions of systemd retry forever.",
    fix: "Run `systemctl mask systemd-journald-audit.socket` in the image.",
    source: "fedora-cloud/docker-brew-fedora#24",
  },
  {
    id: "nologin",
    kind: "cause",
    line: /System is booting up\. Unprivileged users are not permitted to log in yet/,
    cause:
      "/run/nologin still exists because systemd-user-sessions, which removes it, did not run: the unit is masked, or the boot target does not include it.",
    fix: "Boot into multi-user.target, or add Requires=systemd-user-sessions.service to your custom target.",
    rules: ["image-nologin", "image-target-skips-services", "run-boot-target", "image-boot-target"],
    source: "measured: Docker 28.5, systemd 252 with --unit=sysinit.target",
  },
  {
    id: "firstboot",
    kind: "cause",
    line: /Welcome to your new installation of |-- Press any key to proceed --/,
    cause: "systemd-firstboot is waiting for keyboard input.",
    fix: "Run `systemctl mask systemd-firstboot.service` in the image, or start init with the argument `systemd.firstboot=off`.",
    source: "ansible/ansible#78550",
  },
  {
    id: "session-timeout",
    kind: "cause",
    line: /pam_systemd\(\S+\): Failed to create session: Connection timed out/,
    cause: "Logins time out waiting for systemd-logind, which is masked or cannot reach D-Bus.",
    fix: "Fix dbus and systemd-logind, or mask systemd-logind and remove pam_systemd from the PAM configuration.",
    rules: ["image-dbus-missing"],
    source: "systemd/systemd#2863",
  },
  {
    id: "inotify",
    kind: "cause",
    line: /Failed to (?:allocate directory watch|create inotify object): Too many open files|inotify cannot be used, reverting to polling: Too many open files/,
    cause: "The host has no inotify instances left; all of a user's containers share the limit.",
    fix: "Run `sysctl fs.inotify.max_user_instances=1024` on the host.",
    source: "eniocarboni/docker-ubuntu-systemd#3",
  },
  {
    id: "clock",
    kind: "cause",
    line: /adjtimex\(\w+\) failed : Operation not permitted|ntp_adjtime\(\) failed|date: cannot set date: Operation not permitted/,
    cause: "A time service cannot set the clock, which belongs to the host.",
    fix: "Run `chronyd -x`, which does not set the clock, or add the SYS_TIME capability.",
    rules: ["run-capability-missing", "image-workload-needs"],
    grants: ["SYS_TIME"],
    source: "cturra/docker-ntp, lxc/lxd#4249",
  },
  {
    id: "clock-skipped",
    kind: "cause",
    line: /was skipped because of .*\(ConditionCapability=CAP_SYS_TIME\)/,
    cause:
      "A time service was skipped because the container does not have the SYS_TIME capability. It did not fail.",
    fix: "Add the SYS_TIME capability, which also allows setting the host's clock, or mask the service.",
    rules: ["run-capability-missing", "image-workload-needs"],
    grants: ["SYS_TIME"],
    source: "measured: chrony, Docker 28.5, systemd 252",
  },
  {
    id: "auditd",
    kind: "cause",
    line: /Error sending status request \(Operation not permitted\)/,
    cause: "auditd needs access to the kernel's audit log, which containers do not have.",
    fix: "Run `systemctl mask auditd.service` in the image.",
    rules: ["image-workload-needs"],
    source: "linux-audit/audit-userspace#128",
  },
  {
    id: "tun",
    kind: "cause",
    line: /Cannot open TUN\/TAP dev \/dev\/net\/tun/,
    cause: "The service opens a tunnel, but the container has no /dev/net/tun.",
    fix: "Add the device /dev/net/tun and the NET_ADMIN capability.",
    rules: ["run-capability-missing", "image-workload-needs"],
    grants: ["/dev/net/tun", "NET_ADMIN"],
    source: "OpenVPN",
  },
  {
    id: "fuse-device",
    kind: "cause",
    line: /fuse: device not found/,
    cause: "A service mounts a FUSE file system, but the container has no /dev/fuse.",
    fix: fuse,
    rules: ["run-capability-missing", "image-workload-needs"],
    grants: ["/dev/fuse"],
    source: "measured: bindfs, Docker 28.5, systemd 252",
  },
  {
    id: "fuse-mount",
    kind: "cause",
    line: /fusermount3?: mount failed: Operation not permitted/,
    cause: "A service mounts a FUSE file system, which the container is not permitted to do.",
    fix: fuse,
    rules: ["run-capability-missing", "image-workload-needs"],
    grants: ["SYS_ADMIN", "apparmor=unconfined"],
    source: "measured: bindfs, Docker 28.5, systemd 252",
  },
  {
    id: "packet-filter",
    kind: "cause",
    line: /Could not process rule: Operation not permitted/,
    cause: "nft tries to load packet filter rules, which the container is not permitted to do.",
    fix: "Add the NET_ADMIN capability.",
    rules: ["run-capability-missing", "image-workload-needs"],
    grants: ["NET_ADMIN"],
    source: "measured: nftables, Docker 28.5 and Podman 5.8, systemd 252",
  },
  {
    id: "audit-message",
    kind: "cause",
    line: /unable to send audit message: Operation not permitted/,
    cause: "sudo or sshd cannot write an audit record; Podman does not grant AUDIT_WRITE by default.",
    fix: "Add the AUDIT_WRITE capability.",
    rules: ["run-capability-missing", "image-workload-needs"],
    grants: ["AUDIT_WRITE"],
    source: "pi-hole/docker-pi-hole#1007",
  },
  {
    id: "resolv-conf",
    kind: "cause",
    line: /failed to create symbolic link '?\/etc\/resolv\.conf'?: Device or resource busy/,
    cause: "/etc/resolv.conf is mounted by the engine and cannot be replaced.",
    fix: "Leave the file as it is, and mask systemd-resolved.",
    rules: ["image-resolved"],
    source: "geerlingguy/docker-ubuntu1804-ansible#22",
  },
];
