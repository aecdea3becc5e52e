import type { Row } from "../row";
import { readOnlyTree } from "./cgroups";

/** Other boot failures: those of API file systems, and those of a program that is not PID 1 or does not exist. */

const notPidOne = [
  "run-init",
  "image-shell-form-init",
  "image-entrypoint-exec",
  "image-work-after-init",
  "run-command",
  "run-pid-host",
];

/**
 * Rows for systemctl without systemd. If an earlier line matches one of them, init was started manually in a
 * container that runs something else.
 */
const calledElsewhere = [
  "not-booted",
  "not-booted-container",
  "not-booted-play",
  "not-booted-devcontainer",
  "bus-219",
];

export const startRows: readonly Row[] = [
  {
    id: "tmpfs-denied",
    kind: "cause",
    fatal: true,
    line: /Failed to mount tmpfs (?:\(type tmpfs\) on|at) (?<path>\/run(?:\/lock)?)(?=[: ]).*: Permission denied/,
    cause:
      "Nothing is mounted on {path}, and AppArmor denies the mount although the container has SYS_ADMIN.",
    fix: "Start the container with {run} and without SYS_ADMIN.",
    rules: ["run-tmpfs-run", "run-capability-unneeded"],
    source: "moby/moby#13264",
  },
  {
    id: "tmpfs-lock",
    kind: "cause",
    fatal: true,
    unless: ["tmpfs-run"],
    line: /Failed to mount tmpfs (?:\(type tmpfs\) on|at) \/run\/lock(?=[: ])/,
    cause:
      "Nothing is mounted on /run/lock, which systemd on Debian and Ubuntu needs but is not permitted to mount.",
    fix: "Start the container with {lock}.",
    rules: ["run-tmpfs-run", "image-run-flags"],
    versions: "systemd up to 252 of Debian and Ubuntu",
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 247 and 252",
  },
  {
    id: "tmpfs-run",
    kind: "cause",
    fatal: true,
    line: /Failed to mount tmpfs (?:\(type tmpfs\) on|at) \/run(?=[: ])/,
    cause: "Nothing is mounted on /run, which systemd needs but is not permitted to mount without SYS_ADMIN.",
    fix: "Start the container with {run}.",
    rules: ["run-tmpfs-run", "image-run-flags"],
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 247 to 262",
  },
  {
    id: "fork-denied",
    kind: "cause",
    fatal: true,
    line: /systemd.*Failed to fork: Operation not permitted|^Failed to fork: Operation not permitted/,
    cause: "systemd 253.0 cannot start its generators without SYS_ADMIN; this is fixed in 253.1.",
    fix: "Update the systemd package in the image to 253.1 or later.",
    versions: "systemd 253.0",
    source: "systemd/systemd#26474",
  },
  {
    id: "telinit",
    kind: "cause",
    fatal: true,
    unlessAfter: calledElsewhere,
    line: /Couldn't find an alternative telinit implementation to spawn|(?:^|[\s/])(?:tel)?init: required argument missing/,
    cause:
      "init was started, but not as PID 1. The cause is the engine's init, a shell or script without `exec`, or the host's PID namespace.",
    fix: "Remove `--init` and `pid: host`, write CMD in exec form, and end the entrypoint script with `exec /sbin/init`.",
    rules: notPidOne,
    versions: "systemd up to 257",
    source:
      "measured: Docker 28.5, systemd 252 with shell form under dash, a script without exec, or `pid: host`; 257 with --init reports a missing argument",
  },
  {
    id: "user-instance",
    kind: "cause",
    fatal: true,
    unlessAfter: calledElsewhere,
    line: /Trying to run as user instance, but the system has not been booted with systemd|Explicit --user argument required to run as user manager/,
    cause:
      "systemd was started, but not as PID 1. The cause is the engine's init, or a shell or script without `exec`.",
    fix: "Remove `--init` and `pid: host`, write CMD in exec form, and end the entrypoint script with `exec`.",
    rules: notPidOne,
    source: "measured: Docker 20.10, 26.1 and 28.5 with --init, systemd 247 to 262",
  },
  {
    id: "user-instance-in-system",
    kind: "cause",
    line: /Trying to run as user instance, but \$XDG_RUNTIME_DIR is not set/,
    cause: "systemd was started manually in a container where it is already running.",
    fix: "Do not start systemd again; manage units with `systemctl`.",
    source: "systemd src/core/main.c",
  },
  {
    id: "init-one-word",
    kind: "cause",
    fatal: true,
    line: /(?:exec: |executable file |stat )[`'"]?(?<command>(?:(?:\/usr)?(?:\/local)?\/s?bin\/init|(?:\/usr)?\/lib\/systemd\/systemd) [^"'`:]{1,200})[`'"]?(?:: stat |: no such file|: executable file not found| not found)/,
    cause:
      "The command line `{command}` is passed as a single string, so the engine looks for a program with that entire string as its name.",
    fix: 'Write each word as a separate item: ["/sbin/init", "--option"].',
    source: "runc and crun, exec(2), with an exec form that contains a single string",
  },
  {
    id: "init-not-found",
    kind: "cause",
    fatal: true,
    line: /(?:exec: |executable file [`'"]|stat |failed to exec |exec |sh: |line \d+: |: \d+: )[`'"]?(?<path>(?:\/usr)?(?:\/local)?\/s?bin\/init|(?:\/usr)?\/lib\/systemd\/systemd)\b.*(?:no such file or directory|not found)/i,
    cause: "{path} is not in the image: systemd, or the package that provides this path, is not installed.",
    fix: "Install systemd before CMD (Debian and Ubuntu: systemd and systemd-sysv; others: systemd), or set CMD to the path where systemd is installed in this image.",
    rules: ["image-systemd-missing", "image-init-path", "image-no-systemd-distribution"],
    source: "rocky-linux/sig-cloud-instance-images#39, ansible/distro-test-containers#40",
  },
  {
    id: "init-path-unknown",
    kind: "cause",
    fatal: true,
    line: /(?:exec: |executable file [`'"]|stat |exec )[`'"]?(?<path>(?:\/usr)?(?:\/local)?\/s?bin\/systemd|systemd|init)(?![\w./-]).*(?:no such file or directory|not found)/i,
    cause:
      "The container is started with {path}, which is not in the image: systemd is installed at a different path, or not at all.",
    fix: "Use systemd's path in the image, /sbin/init or /usr/lib/systemd/systemd (dokken: pid_one_command). Install systemd if neither exists.",
    rules: ["image-init-path", "image-systemd-missing"],
    source: "test-kitchen/kitchen-dokken#116",
  },
  {
    id: "init-architecture",
    kind: "cause",
    fatal: true,
    line: /exec (?<path>(?:\/usr)?\/s?bin\/init|(?:\/usr)?\/lib\/systemd\/systemd): exec format error/i,
    cause: "{path} is built for a different architecture than the host's.",
    fix: "Use an image for the host's architecture (`--platform`).",
    source: "moby/moby, execve(2): ENOEXEC",
  },
  {
    id: "cpu-level",
    kind: "cause",
    fatal: true,
    line: /Fatal glibc error: CPU does not support x86-64-v(?<level>[234])/,
    cause: "The programs in the image need a newer CPU (x86-64-v{level}) than the host has.",
    fix: "Use an older release of the base image (EL 9 instead of 10), or a host with a newer CPU.",
    source: "freeipa/freeipa-container README",
  },
  {
    id: "console",
    kind: "cause",
    line: /Failed to open \/dev\/console/,
    cause: "The container has no terminal, so systemd cannot show boot messages and the log stays empty.",
    fix: "Start the container with {tty}.",
    rules: ["run-tty"],
    source: "measured: Docker 20.10, 26.1 and 28.5 have no log without -t",
  },
  {
    id: "not-detected",
    kind: "cause",
    line: /Detected virtualization (?<kind>kvm|qemu|bochs|xen|uml|vmware|oracle|microsoft|zvm|parallels|bhyve|qnx|acrn|powervm|amazon|apple|google)\./,
    cause:
      "systemd detects {kind} virtualization instead of a container. It does not stop cleanly, and after a fatal error it freezes instead of exiting.",
    fix: "Start the container with {env}, or set it in the image.",
    rules: ["image-container-env", "run-container-env", "image-container-env-value"],
    versions: "systemd before 248; newer versions if `container` is empty",
    source: "measured: Docker 28.5, systemd 247",
  },
  {
    id: "reboot-denied",
    kind: "cause",
    line: /Failed to invoke reboot\(\): Operation not permitted/,
    cause:
      "systemd does not detect the container (`container` is empty or not set), so at shutdown it calls reboot(2), which is not permitted. It is then killed.",
    fix: "Start the container with {env}, or set it in the image.",
    rules: ["image-container-env-value", "image-container-env", "run-container-env"],
    source: "measured: Docker 28.5, cgroup v2, systemd 252 with an empty `container`",
  },
  {
    id: "unmount-hostname",
    kind: "cause",
    // If the container exits on its own, this is noise, because Podman's mounts are reported like this at every stop.
    when: ({ exitCode }) => exitCode === 137,
    line: /Failed unmounting (?:etc-\S+ - )?\/etc\/(?:hostname|hosts|resolv\.conf)/,
    cause:
      "systemd does not detect the container, so at shutdown it tries to unmount the engine's mounts and is then killed.",
    fix: "Start the container with {env}, or set it in the image.",
    rules: ["image-container-env", "run-container-env"],
    versions: "systemd before 248",
    source: "measured: Docker 28.5, cgroup v2, systemd 247 without `container`",
  },
];

/** Lines that only report that the preceding line was fatal. The most specific row comes first. */
export const followUps: readonly Row[] = [
  {
    id: "manager-read-only",
    kind: "follow-up",
    fatal: true,
    line: /Failed to allocate manager object: Read-only file system/,
    cause: "systemd could not create its cgroup because the container's cgroup tree is read-only.",
    fix: "Start the container with {cgroup}.",
    rules: readOnlyTree,
    source: "measured: Docker 20.10, 26.1 and 28.5",
  },
  {
    id: "manager-not-found",
    kind: "follow-up",
    fatal: true,
    line: /Failed to allocate manager object: No such file or directory/,
    cause:
      "systemd did not find its cgroup: the mounted cgroup tree does not match the container's cgroup namespace.",
    fix: "Start the container with {cgroup}.",
    rules: ["run-cgroup-namespace", "run-cgroup-writable"],
    source: "measured: Docker 20.10, 26.1 and 28.5",
  },
  {
    id: "manager-denied",
    kind: "follow-up",
    fatal: true,
    line: /Failed to allocate manager object: Permission denied/,
    cause:
      "PID 1 cannot write to its cgroup tree, usually because it does not run as root. Other causes: a tree that is not delegated (rootless engine), remapped users, or SELinux.",
    fix: "Run PID 1 as root (`USER root` last in the Dockerfile, no `user:`). If it already runs as root, run `loginctl enable-linger` (rootless) or `setsebool -P container_manage_cgroup 1` (SELinux).",
    rules: ["image-user-not-root", "run-user"],
    ambiguous: true,
    source: "measured: Docker 28.5, systemd 252 with USER and with `user:`",
  },
  {
    id: "manager",
    kind: "follow-up",
    fatal: true,
    line: /Failed to allocate manager object/,
    cause:
      "systemd could not set up its cgroup, or PID 1 does not run as root; the previous line shows which.",
    fix: "Start the container with {cgroup}, and run PID 1 as root.",
    rules: ["run-cgroup-writable", "image-user-not-root", "run-user"],
    source: "measured: Docker 28.5 with a read-only tree, USER in the image, or userns-remap",
  },
  {
    id: "api-file-systems",
    kind: "follow-up",
    fatal: true,
    line: /Failed to mount API filesystems/,
    cause:
      "systemd needs a mount on /run (Debian and Ubuntu: also on /run/lock). Nothing is mounted there, and systemd is not permitted to mount a tmpfs.",
    fix: "Start the container with {run}.",
    rules: ["run-tmpfs-run", "image-run-flags"],
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 247 to 262",
  },
  {
    id: "freezing",
    kind: "follow-up",
    fatal: true,
    line: /Freezing execution|\[!!!!!!\] .*, freezing\.?$/,
    cause:
      "PID 1 encountered a fatal error and froze: the container appears to be running, but nothing runs in it. The previous line shows why.",
    fix: "Fix the error that the previous line shows. With {env}, systemd exits instead of freezing, so the failure becomes visible.",
    rules: ["image-container-env", "run-container-env"],
    versions: "systemd up to 239; later versions if they do not detect the container",
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 247 without `container`",
  },
  {
    id: "exiting",
    kind: "follow-up",
    fatal: true,
    line: /Exiting PID 1\.\.\./,
    cause: "PID 1 encountered a fatal error and exited with code 255. The previous line shows why.",
    fix: "See the previous line. If it is not in the log, start the container with {tty}.",
    versions: "systemd from 240",
    source: "systemd src/core/crash-handler.c",
  },
];
