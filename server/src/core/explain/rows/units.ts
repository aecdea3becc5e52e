import type { Row } from "../row";

/** What goes wrong after PID 1 is up: units, their sandboxes, logins. */

const confined = ["run-capability-unneeded", "unit-sandbox"];
const dropIn = "Reset the sandbox options of the unit in a drop-in (PrivateTmp=no, ProtectSystem=no …).";

/** A unit's failure is told by its exit status; the line that names the step comes with it. */
function exitStatus(status: string): RegExp {
  return new RegExp(`status=${status}\\b`);
}

export const sandboxRows: readonly Row[] = [
  {
    id: "namespace-proc",
    kind: "cause",
    line: /Failed to set up mount namespacing: \/run\/systemd\/unit-root\/proc: Permission denied/,
    cause: "A unit asks for a /proc of its own (ProtectProc=, ProcSubset=), which AppArmor denies.",
    fix: "Reset ProtectProc= and ProcSubset= of the unit in a drop-in, or allow nesting in the container manager.",
    rules: ["unit-sandbox"],
    source: "systemd/systemd#17866",
  },
  {
    id: "namespace-apparmor",
    kind: "cause",
    line: /Failed to set up mount namespacing: (?:\S+: )?Permission denied/,
    cause:
      "The container has SYS_ADMIN, so systemd sets up the sandboxes of units, and AppArmor denies their mounts: such units fail with 226.",
    fix: "Leave out SYS_ADMIN: systemd then skips the sandboxes. Where it is needed add `apparmor=unconfined`.",
    rules: confined,
    versions: "systemd from 240",
    source: "systemd v240 src/core/namespace.c, moby/moby#40421",
  },
  {
    id: "namespace-refused",
    kind: "cause",
    line: /Failed to set up mount namespacing: (?:\S+: )?Operation not (?:permitted|supported)/,
    cause:
      "A unit insists on a sandbox that an unprivileged container cannot give (DynamicUser=, TemporaryFileSystem=, BindPaths= to another place …).",
    fix: dropIn,
    rules: ["unit-sandbox"],
    source: "systemd/systemd#29860, #13622, #13955",
  },
  {
    id: "namespace-226",
    kind: "follow-up",
    line: /status=226\/NAMESPACE|Failed at step NAMESPACE spawning/,
    cause:
      "A unit's sandbox could not be set up: SYS_ADMIN under AppArmor, or options that an unprivileged container cannot give.",
    fix: `Leave out SYS_ADMIN. Otherwise: ${dropIn}`,
    rules: confined,
    source: "systemd.exec(5), table of exit codes",
  },
  {
    id: "network-namespace",
    kind: "cause",
    line: /status=225\/NETWORK|Failed to set up network namespacing: Operation not permitted/,
    cause: "A unit asks for a network of its own (PrivateNetwork=), which the container may not make.",
    fix: "`PrivateNetwork=no` in a drop-in of the unit.",
    rules: ["unit-sandbox"],
    source: "systemd/systemd#14970",
  },
  {
    id: "credentials",
    kind: "cause",
    line: /status=243\/CREDENTIALS|Failed to set up credentials: |Failed at step CREDENTIALS/,
    cause:
      "A unit's credentials could not be mounted: the mounts are refused half-way (AppArmor, or an old kernel under a new systemd).",
    fix: "Leave out SYS_ADMIN, or reset `ImportCredential=` and `LoadCredential=` of the unit in a drop-in.",
    rules: ["unit-sandbox"],
    source: "lxc/lxd#17073, systemd/systemd#41311",
  },
  {
    id: "capabilities",
    kind: "cause",
    line: /status=218\/CAPABILITIES|Failed at step CAPABILITIES/,
    cause: "A unit asks for capabilities that the container does not have.",
    fix: "Add the capability that the unit's AmbientCapabilities= or CapabilityBoundingSet= names, or drop that line.",
    rules: ["run-capability-missing"],
    source: "systemd.exec(5), table of exit codes",
  },
  {
    id: "unit-cgroup",
    kind: "cause",
    line: exitStatus("219/CGROUP"),
    cause: "A unit could not be put into its control group.",
    fix: "Start the container with {cgroup}.",
    rules: ["run-cgroup-writable", "run-cgroup-namespace"],
    source: "systemd.exec(5), table of exit codes",
  },
  {
    id: "unit-exec",
    kind: "cause",
    line: exitStatus("203/EXEC"),
    cause: "A unit's program is not there, cannot be run, or lies on a tmpfs without `exec`.",
    fix: "See that the path of ExecStart= is in the image and executable; a tmpfs that programs run from needs {tmp}.",
    rules: ["unit-exec-path", "run-tmpfs-tmp"],
    source: "systemd.exec(5), table of exit codes",
  },
  {
    id: "unit-chdir",
    kind: "cause",
    line: exitStatus("200/CHDIR"),
    cause: "A unit's WorkingDirectory= is not there; below /run a tmpfs hides what the image put.",
    fix: "Make the folder in the image, below /run by RuntimeDirectory= or tmpfiles.d.",
    rules: ["image-run-content"],
    source: "systemd.exec(5), table of exit codes",
  },
  {
    id: "unit-user",
    kind: "cause",
    line: exitStatus("217/USER"),
    cause: "A unit's User= or Group= is not in the image.",
    fix: "Make the user in the image, or with sysusers.d.",
    source: "systemd.exec(5), table of exit codes",
  },
  {
    id: "unit-scheduler",
    kind: "cause",
    line: exitStatus("214/SETSCHEDULER"),
    cause: "A unit asks for real-time scheduling, which takes SYS_NICE.",
    fix: "Add the capability SYS_NICE, or drop CPUSchedulingPolicy= of the unit.",
    rules: ["run-capability-missing"],
    source: "systemd.exec(5), table of exit codes",
  },
];

export const mountRows: readonly Row[] = [
  {
    id: "tmp-mount",
    kind: "cause",
    line: /Failed to mount (?:tmp\.mount|Temporary Directory \/tmp|\/tmp\b)|tmp\.mount: (?:Failed with result|Mount process exited)/,
    cause: "tmp.mount is enabled and may not mount /tmp: the system is degraded.",
    fix: "Start it with {tmp}, which the unit then leaves alone.",
    rules: ["run-tmpfs-tmp"],
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 257 and 262",
  },
  {
    id: "run-lock-mount",
    kind: "cause",
    line: /Failed to mount (?:run-lock\.mount|Legacy Locks Directory)|run-lock\.mount: (?:Failed with result|Mount process exited)/,
    cause: "run-lock.mount may not mount /run/lock: the system is degraded.",
    fix: "Start it with {lock}, which the unit then leaves alone.",
    rules: ["run-tmpfs-run"],
    versions: "systemd 257 of Debian and Ubuntu",
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 257",
  },
  {
    id: "kernel-mounts",
    kind: "cause",
    line: /Failed to mount .*(?:Huge Pages File System|FUSE Control File System|Kernel (?:Debug|Trace|Configuration) File System|POSIX Message Queue File System)|(?:dev-hugepages|dev-mqueue|sys-fs-fuse-connections|sys-kernel-(?:debug|tracing|config))\.mount: Mount process exited/,
    cause: "A unit mounts a file system of the kernel, which the container may not do.",
    fix: "Mask the unit in the image: `systemctl mask dev-hugepages.mount sys-fs-fuse-connections.mount sys-kernel-debug.mount`, whichever it is.",
    source: "Red Hat's init images mask them",
  },
  {
    id: "remount-root",
    kind: "cause",
    line: /Failed to start .*Remount Root and Kernel File Systems/,
    cause: "systemd-remount-fs may not remount the root file system.",
    fix: "`systemctl mask systemd-remount-fs.service` and empty /etc/fstab in the image.",
    source: "CentOS/sig-cloud-instance-images#55",
  },
  {
    id: "user-runtime",
    kind: "cause",
    line: /Failed to mount per-user tmpfs directory (?<path>\/run\/user\/\d+): Permission denied/,
    cause:
      "systemd-logind may not mount {path}: AppArmor denies it, and before systemd 232 that was fatal for the session.",
    fix: "Use a newer release of the base image.",
    versions: "systemd below 232",
    source: "systemd/systemd#4154",
  },
];

export const serviceRows: readonly Row[] = [
  {
    id: "audit-socket",
    kind: "cause",
    line: /Failed to listen on .*Journal Audit Socket|systemd-journald-audit\.socket.*Operation not permitted/,
    cause: "The journal may not listen to the kernel's audit log, and old versions try forever.",
    fix: "`systemctl mask systemd-journald-audit.socket` in the image.",
    source: "fedora-cloud/docker-brew-fedora#24",
  },
  {
    id: "nologin",
    kind: "cause",
    line: /System is booting up\. Unprivileged users are not permitted to log in yet/,
    cause:
      "/run/nologin is still there: systemd-user-sessions, which removes it, does not run. The boot target does not reach it, or it is masked.",
    fix: "Boot multi-user.target, or let your own target require systemd-user-sessions.service.",
    rules: ["image-nologin", "image-target-skips-services", "run-boot-target", "image-boot-target"],
    source: "measured: Docker 28.5, systemd 252 with --unit=sysinit.target",
  },
  {
    id: "firstboot",
    kind: "cause",
    line: /Welcome to your new installation of |-- Press any key to proceed --/,
    cause: "systemd-firstboot waits for somebody at the keyboard.",
    fix: "`systemctl mask systemd-firstboot.service` in the image, or `systemd.firstboot=off` after init.",
    source: "ansible/ansible#78550",
  },
  {
    id: "session-timeout",
    kind: "cause",
    line: /pam_systemd\(\S+\): Failed to create session: Connection timed out/,
    cause: "Logins wait for systemd-logind, which is masked or has no D-Bus.",
    fix: "Repair dbus and logind, or mask logind and take pam_systemd out of PAM as well.",
    rules: ["image-dbus-missing"],
    source: "systemd/systemd#2863",
  },
  {
    id: "inotify",
    kind: "cause",
    line: /Failed to (?:allocate directory watch|create inotify object): Too many open files/,
    cause: "The host has no inotify instances left: all containers of a user share them.",
    fix: "On the host: `sysctl fs.inotify.max_user_instances=1024`.",
    source: "eniocarboni/docker-ubuntu-systemd#3",
  },
  {
    id: "clock",
    kind: "cause",
    line: /adjtimex\(\w+\) failed : Operation not permitted|ntp_adjtime\(\) failed/,
    cause: "A time service may not set the clock, which is the host's.",
    fix: "Run `chronyd -x`, which leaves the clock alone, or add the capability SYS_TIME.",
    rules: ["run-capability-missing", "image-workload-needs"],
    source: "cturra/docker-ntp, lxc/lxd#4249",
  },
  {
    id: "auditd",
    kind: "cause",
    line: /Error sending status request \(Operation not permitted\)/,
    cause: "auditd needs the kernel's audit log, which containers do not have.",
    fix: "`systemctl mask auditd.service` in the image.",
    rules: ["image-workload-needs"],
    source: "linux-audit/audit-userspace#128",
  },
  {
    id: "tun",
    kind: "cause",
    line: /Cannot open TUN\/TAP dev \/dev\/net\/tun/,
    cause: "The service opens a tunnel and the container has no /dev/net/tun.",
    fix: "Add the device /dev/net/tun and the capability NET_ADMIN.",
    rules: ["run-capability-missing", "image-workload-needs"],
    source: "OpenVPN",
  },
  {
    id: "audit-message",
    kind: "cause",
    line: /unable to send audit message: Operation not permitted/,
    cause: "sudo or sshd may not write an audit record; Podman does not grant it by default.",
    fix: "Add the capability AUDIT_WRITE.",
    rules: ["run-capability-missing", "image-workload-needs"],
    source: "pi-hole/docker-pi-hole#1007",
  },
  {
    id: "resolv-conf",
    kind: "cause",
    line: /failed to create symbolic link '?\/etc\/resolv\.conf'?: Device or resource busy/,
    cause: "/etc/resolv.conf is a mount of the engine and cannot be replaced.",
    fix: "Leave it alone, and mask systemd-resolved.",
    rules: ["image-resolved"],
    source: "geerlingguy/docker-ubuntu1804-ansible#22",
  },
];
