import type { Row } from "../row";

/** Failures caused by the host, where neither the image nor a flag is at fault. */

const usernsDenied =
  "The host does not let the engine create namespaces. Usually AppArmor restricts unprivileged user namespaces (Ubuntu 23.10 and later).";
const usernsFix =
  "Give the engine an AppArmor profile that contains `userns,`, and do not start it from a snap. kernel.apparmor_restrict_unprivileged_userns=0 lifts the restriction for all programs.";

const securityRows: readonly Row[] = [
  {
    id: "selinux-cgroup",
    kind: "cause",
    fatal: true,
    line: /:container(?:_init)?_t:\S{1,60} tcontext=\w{1,40}:\w{1,40}:cgroup_t:|SELinux is preventing \S{1,100} from .{1,60} on the \w{1,20} \/sys\/fs\/cgroup/,
    cause: "SELinux on the host denies the container write access to its cgroups.",
    fix: "Run `setsebool -P container_manage_cgroup 1` on the host.",
    source: "containers/podman troubleshooting.md",
  },
  {
    id: "selinux-label",
    kind: "cause",
    fatal: true,
    line: /SELinux is preventing (?:\S+\/)?(?<program>init|systemd\S{0,40}) from (?:\w+|'[\w ,]{1,60}') access(?:es)? on the \w+ (?<path>\S{1,200}?)\.?(?:\s|$)/,
    cause:
      "SELinux denies {program} access to {path} because the image's storage is not labeled for containers.",
    fix: "Label the engine's storage (DIR) on the host: `semanage fcontext -a -e /var/lib/containers/storage DIR` (Docker: /var/lib/docker), then `restorecon -R DIR`. For volumes, use `:Z`.",
    source: "containers/podman#16216",
  },
  {
    id: "selinux-avc",
    kind: "cause",
    fatal: true,
    line: /\bcomm="(?<program>init|systemd[\w-]{0,40})" .{0,300}\bscontext=\w{1,40}:\w{1,40}:container(?:_init)?_t:/,
    cause:
      "SELinux on the host denies {program} the access shown in this line because the file is not labeled for containers.",
    fix: "Label the engine's storage (DIR) on the host: `semanage fcontext -a -e /var/lib/containers/storage DIR` (Docker: /var/lib/docker), then `restorecon -R DIR`. For volumes, use `:Z`.",
    source: "containers/podman#16216",
  },
  {
    id: "init-library-denied",
    kind: "cause",
    fatal: true,
    line: /(?:\/init|\/systemd|^init|^systemd): error while loading shared libraries: (?<library>\S{1,100}): .*: Permission denied/,
    cause:
      "init cannot read its library {library}. Usually SELinux denies access because the engine's storage is not labeled for containers.",
    fix: "Label the engine's storage (DIR) on the host: `semanage fcontext -a -e /var/lib/containers/storage DIR` (Docker: /var/lib/docker), then `restorecon -R DIR`.",
    source: "containers/podman#16216",
  },
  {
    id: "unix-chkpwd",
    kind: "cause",
    line: /Authentication service cannot retrieve authentication info|profile="unix-chkpwd"|unix_chkpwd.*could not (?:obtain user info|get username)/,
    cause:
      "PAM cannot read /etc/shadow. The usual cause: the file has mode 0000 (as in RHEL and Fedora images), and an Ubuntu host applies the unix-chkpwd AppArmor profile.",
    fix: "Run `chmod u+r /etc/shadow` in the image, or disable or adapt the unix-chkpwd profile on the host. Do not use `--privileged`.",
    source: "geerlingguy/docker-rockylinux9-ansible#6, containers/podman#28853 (reported, not reproduced)",
  },
  {
    id: "userns-apparmor",
    kind: "cause",
    fatal: true,
    line: /(?:creating network namespace|failed to create namespace)\b.*\/ns\/net: permission denied|apparmor="DENIED" operation="userns_create"|\[rootlesskit:parent\] error: failed to start the child: fork\/exec \/proc\/self\/exe: operation not permitted/i,
    cause: usernsDenied,
    fix: usernsFix,
    source: "containers/podman#25480, docs.docker.com/engine/security/rootless",
  },
  {
    id: "userns-apparmor-warning",
    kind: "cause",
    unless: ["userns-apparmor"],
    line: /Cannot open current network namespace \S{1,100}: .{0,100}permission denied/i,
    cause: usernsDenied,
    fix: usernsFix,
    source: "containers/podman#25480",
  },
];

const cgroupDriverRows: readonly Row[] = [
  {
    id: "driver-without-systemd",
    kind: "cause",
    fatal: true,
    line: /systemd cgroup flag passed, but systemd support for managing cgroups is not available/,
    cause:
      "The engine uses the systemd cgroup driver, but the host does not run systemd (WSL 2 without systemd, Alpine, a nested container).",
    fix: "WSL: set `systemd=true` under `[boot]` in /etc/wsl.conf and run `wsl --shutdown`. Otherwise set `native.cgroupdriver=cgroupfs` in daemon.json (Podman: cgroup_manager).",
    source: "codeedu/wsl2-docker-quickstart#20, opencontainers/runc libcontainer/cgroups/systemd",
  },
  {
    id: "crun-without-systemd",
    kind: "cause",
    fatal: true,
    line: /(?:runtime error|crun): (?:crun: )?systemd not supported/,
    cause:
      "The installed build of crun does not support systemd, but Podman is configured to manage cgroups with systemd.",
    fix: 'Set `cgroup_manager = "cgroupfs"` in containers.conf (or use `--cgroup-manager=cgroupfs`), or install a build of crun that supports systemd.',
    source: "containers/podman#17196",
  },
  {
    id: "no-cgroup-mount",
    kind: "cause",
    fatal: true,
    line: /cgroups: (?:cannot find cgroup mount destination|cgroup mountpoint does not exist)/,
    cause:
      "The host has no cgroup tree that the engine's runtime can use: the host does not run systemd, or the name=systemd hierarchy is missing.",
    fix: "On the host, run `mkdir /sys/fs/cgroup/systemd` and `mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd`. WSL: set `systemd=true` in /etc/wsl.conf.",
    source: "microsoft/WSL#4189, docker/for-linux#219",
  },
  {
    id: "runtime-sd-bus",
    kind: "cause",
    fatal: true,
    line: /\bsd-bus (?:open|call|add match|start)[^:]{0,40}: .{0,80}(?:not permitted|denied|authentication required|Connection refused|No such file|No medium)/i,
    cause:
      "The runtime cannot request a cgroup from the user's systemd because the engine was started outside a login session (su, sudo, cron, CI).",
    fix: "Run `loginctl enable-linger USER` and log in with ssh or `machinectl shell USER@`; or start the container with `--cgroup-manager=cgroupfs`.",
    source: "containers/podman#16529, #6368, #5113",
  },
  {
    id: "runtime-cgroup-mount",
    kind: "cause",
    fatal: true,
    line: /mounting \\{0,15}"\/sys\/fs\/cgroup\/systemd\\{0,15}" to rootfs .{0,600}(?:permission denied|operation not permitted)/i,
    cause: "A rootless engine cannot mount the name=systemd hierarchy of cgroup v1 into the container.",
    fix: "Use a host with cgroup v2, or a rootful engine.",
    source: "containers/podman#7639",
  },
  {
    id: "no-user-session",
    kind: "cause",
    line: /cgroupv2 manager is set to systemd but there is no systemd user session available/,
    cause: "Rootless Podman cannot find a systemd user session, so containers do not get a writable cgroup.",
    fix: "Run `loginctl enable-linger USER`, and log in with ssh or `machinectl shell` instead of su or sudo.",
    source: "containers/podman troubleshooting.md",
  },
];

const limitRows: readonly Row[] = [
  {
    id: "inotify-watches",
    kind: "cause",
    line: /inotify watch limit reached|inotify resources exhausted|Failed to add (?:\w+ )?inotify watch(?: descriptor)?\b.*: No space left on device/,
    cause:
      "The host's inotify limit has been reached; all of a user's containers share it. The error \"No space left on device\" refers to this limit, not to the disk.",
    fix: "On the host, run `sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512`, and add both to a file in /etc/sysctl.d.",
    source: "kind.sigs.k8s.io/docs/user/known-issues, stolostron/capi-tests#285",
  },
];

const deviceRows: readonly Row[] = [
  {
    id: "device-timeout",
    kind: "cause",
    line: /Timed out waiting for device (?<device>\S{1,100}?)\.?(?:\s|$)|A start job is running for (?:\S+\.device|\/dev\/\S+)|\.device: Job \S+ timed out/,
    cause:
      "systemd is waiting for a device that udev does not announce in a container. It waits only if /sys is writable, as with `--privileged`.",
    fix: "Remove `--privileged`. If the container needs it, mask the units that wait for the device (serial-getty@ttyS0.service, console-getty.service) and empty /etc/fstab.",
    rules: ["run-privileged"],
    source: "systemd/systemd#37709, #10914, #9740",
  },
];

export const hostRows: readonly Row[] = [...securityRows, ...cgroupDriverRows, ...limitRows, ...deviceRows];
