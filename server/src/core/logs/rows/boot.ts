import type { Row } from "../row";
import { readOnlyTree } from "./cgroups";

/** What else keeps PID 1 from booting: API file systems, a program that is not PID 1 or not there. */

const notPidOne = [
  "run-init",
  "image-shell-form-init",
  "image-entrypoint-exec",
  "run-command",
  "run-pid-host",
];

/** Where systemctl found no systemd before, init was started by hand in a container that runs something else. */
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
    cause: "Nothing is mounted on {path}, and AppArmor denies systemd the mount although it has SYS_ADMIN.",
    fix: "Start it with {run}, and without SYS_ADMIN.",
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
      "Nothing is mounted on /run/lock, which the systemd of Debian and Ubuntu needs, and it may not mount it itself.",
    fix: "Start it with {lock}.",
    rules: ["run-tmpfs-run", "image-run-flags"],
    versions: "systemd up to 252 of Debian and Ubuntu",
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 247 and 252",
  },
  {
    id: "tmpfs-run",
    kind: "cause",
    fatal: true,
    line: /Failed to mount tmpfs (?:\(type tmpfs\) on|at) \/run(?=[: ])/,
    cause:
      "Nothing is mounted on /run, which systemd needs, and without SYS_ADMIN it may not mount it itself.",
    fix: "Start it with {run}.",
    rules: ["run-tmpfs-run", "image-run-flags"],
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 247 to 262",
  },
  {
    id: "fork-denied",
    kind: "cause",
    fatal: true,
    line: /systemd.*Failed to fork: Operation not permitted|^Failed to fork: Operation not permitted/,
    cause: "systemd 253.0 cannot start its generators without SYS_ADMIN; 253.1 repaired it.",
    fix: "Update the systemd package of the image to 253.1 or newer.",
    versions: "systemd 253.0",
    source: "systemd/systemd#26474",
  },
  {
    id: "telinit",
    kind: "cause",
    fatal: true,
    unless: calledElsewhere,
    line: /Couldn't find an alternative telinit implementation to spawn|(?:^|[\s/])(?:tel)?init: required argument missing/,
    cause:
      "init was started, but not as PID 1: an init of the engine, a shell or a script without `exec`, or the host's process namespace stands before it.",
    fix: "Start it without `--init` and `pid: host`; write CMD in exec form; end the entry script with `exec /sbin/init`.",
    rules: notPidOne,
    versions: "systemd up to 257",
    source:
      "measured: Docker 28.5, systemd 252: shell form under dash, script without exec, pid: host; 257 with --init says that an argument is missing",
  },
  {
    id: "user-instance",
    kind: "cause",
    fatal: true,
    unless: calledElsewhere,
    line: /Trying to run as user instance, but the system has not been booted with systemd|Explicit --user argument required to run as user manager/,
    cause:
      "systemd was started, but not as PID 1: an init of the engine, a shell or a script without `exec` stands before it.",
    fix: "Start it without `--init` and `pid: host`; write CMD in exec form; end the entry script with `exec`.",
    rules: notPidOne,
    source: "measured: Docker 20.10, 26.1 and 28.5 with --init, systemd 247 to 262",
  },
  {
    id: "user-instance-in-system",
    kind: "cause",
    line: /Trying to run as user instance, but \$XDG_RUNTIME_DIR is not set/,
    cause: "systemd was started by hand in a container that has booted it already.",
    fix: "Do not start it again: use `systemctl` for units.",
    source: "systemd src/core/main.c",
  },
  {
    id: "init-one-word",
    kind: "cause",
    fatal: true,
    line: /(?:exec: |executable file |stat )[`'"]?(?<command>(?:(?:\/usr)?(?:\/local)?\/s?bin\/init|(?:\/usr)?\/lib\/systemd\/systemd) [^"'`:]{1,200})[`'"]?(?:: stat |: no such file|: executable file not found| not found)/,
    cause:
      "The command line `{command}` is given as one word, so a program of that whole name is looked for.",
    fix: 'Write each word as an item: ["/sbin/init", "--option"].',
    source: "runc and crun, exec(2): a list form with one string",
  },
  {
    id: "init-not-found",
    kind: "cause",
    fatal: true,
    line: /(?:exec: |executable file [`'"]|stat |failed to exec |exec |sh: |line \d+: |: \d+: )[`'"]?(?<path>(?:\/usr)?(?:\/local)?\/s?bin\/init|(?:\/usr)?\/lib\/systemd\/systemd)\b.*(?:no such file or directory|not found)/i,
    cause:
      "{path} is not in the image: systemd is not installed, or the package that provides the path is not.",
    fix: "Install systemd before CMD (Debian and Ubuntu: systemd and systemd-sysv; others: systemd), or name the path that the image has.",
    rules: ["image-systemd-missing", "image-init-path", "image-no-systemd-distribution"],
    source: "rocky-linux/sig-cloud-instance-images#39, ansible/distro-test-containers#40",
  },
  {
    id: "init-path-unknown",
    kind: "cause",
    fatal: true,
    line: /(?:exec: |executable file [`'"]|stat |exec )[`'"]?(?<path>(?:\/usr)?(?:\/local)?\/s?bin\/systemd|systemd|init)(?![\w./-]).*(?:no such file or directory|not found)/i,
    cause:
      "{path}, which the container is started with, is not in the image: another path is systemd's there, or systemd is not installed.",
    fix: "Name the path that the image has, /sbin/init or /usr/lib/systemd/systemd (dokken: pid_one_command), and install systemd if neither is there.",
    rules: ["image-init-path", "image-systemd-missing"],
    source: "test-kitchen/kitchen-dokken#116",
  },
  {
    id: "init-architecture",
    kind: "cause",
    fatal: true,
    line: /exec (?<path>(?:\/usr)?\/s?bin\/init|(?:\/usr)?\/lib\/systemd\/systemd): exec format error/i,
    cause: "{path} is built for another architecture than the host's.",
    fix: "Use an image of the host's architecture (`--platform`).",
    source: "moby/moby, execve(2): ENOEXEC",
  },
  {
    id: "cpu-level",
    kind: "cause",
    fatal: true,
    line: /Fatal glibc error: CPU does not support x86-64-v(?<level>[234])/,
    cause: "The image's programs are built for newer processors (x86-64-v{level}) than this machine has.",
    fix: "Use an older release of the base image (EL 9 instead of 10), or a newer machine.",
    source: "freeipa/freeipa-container README",
  },
  {
    id: "console",
    kind: "cause",
    line: /Failed to open \/dev\/console/,
    cause: "The container has no terminal, so systemd cannot show what it does and the log stays empty.",
    fix: "Start it with {tty}.",
    rules: ["run-tty"],
    source: "measured: Docker 20.10, 26.1 and 28.5: no log without -t",
  },
  {
    id: "not-detected",
    kind: "cause",
    line: /Detected virtualization (?<kind>kvm|qemu|bochs|xen|uml|vmware|oracle|microsoft|zvm|parallels|bhyve|qnx|acrn|powervm|amazon|apple|google)\./,
    cause:
      "systemd takes itself to be on a {kind} machine, not in a container: it does not stop cleanly, and freezes where it should exit.",
    fix: "Start it with {env}, or set it in the image.",
    rules: ["image-container-env", "run-container-env", "image-container-env-value"],
    versions: "systemd below 248; from 248 with an empty `container`",
    source: "measured: Docker 28.5, systemd 247",
  },
  {
    id: "reboot-denied",
    kind: "cause",
    line: /Failed to invoke reboot\(\): Operation not permitted/,
    cause:
      "systemd does not know that it is in a container (`container` is empty or not set), so it ends by reboot(2), which it may not call, and is killed.",
    fix: "Start it with {env}, or set it in the image.",
    rules: ["image-container-env-value", "image-container-env", "run-container-env"],
    source: "measured: Docker 28.5, cgroup v2, systemd 252 with an empty `container`",
  },
  {
    id: "unmount-hostname",
    kind: "cause",
    // Where the container ends by itself this is noise: Podman's engine mounts are told so at every stop.
    when: ({ exitCode }) => exitCode === 137,
    line: /Failed unmounting (?:etc-\S+ - )?\/etc\/(?:hostname|hosts|resolv\.conf)/,
    cause:
      "systemd does not know that it is in a container: when it stops it tries to unmount what the engine mounted, and is killed.",
    fix: "Start it with {env}, or set it in the image.",
    rules: ["image-container-env", "run-container-env"],
    versions: "systemd below 248",
    source: "measured: Docker 28.5, cgroup v2, systemd 247 without `container`",
  },
];

/** Lines that only say that the line before was fatal. The most telling stands first. */
export const followUps: readonly Row[] = [
  {
    id: "manager-read-only",
    kind: "follow-up",
    fatal: true,
    line: /Failed to allocate manager object: Read-only file system/,
    cause: "systemd could not make its control group: the container's cgroup tree is read-only.",
    fix: "Start it with {cgroup}.",
    rules: readOnlyTree,
    source: "measured: Docker 20.10, 26.1 and 28.5",
  },
  {
    id: "manager-not-found",
    kind: "follow-up",
    fatal: true,
    line: /Failed to allocate manager object: No such file or directory/,
    cause:
      "systemd did not find its control group: the cgroup tree that is mounted is not that of the container's namespace.",
    fix: "Start it with {cgroup}.",
    rules: ["run-cgroup-namespace", "run-cgroup-writable"],
    source: "measured: Docker 20.10, 26.1 and 28.5",
  },
  {
    id: "manager-denied",
    kind: "follow-up",
    fatal: true,
    line: /Failed to allocate manager object: Permission denied/,
    cause:
      "PID 1 may not write to its cgroup tree. Most often it does not run as root (USER in the image, `user:`); a rootless engine without a delegated tree, remapped users or SELinux end the same way.",
    fix: "Let PID 1 run as root: no USER at the end of the image, no `user:` at the start. If it does: `loginctl enable-linger` for a rootless engine, `setsebool -P container_manage_cgroup 1` for SELinux.",
    rules: ["image-user-not-root", "run-user"],
    ambiguous: true,
    source: "measured: Docker 28.5, systemd 252 with USER nobody and with `user:`",
  },
  {
    id: "manager",
    kind: "follow-up",
    fatal: true,
    line: /Failed to allocate manager object/,
    cause:
      "systemd could not set up its control group, or PID 1 does not run as root; the line before says which.",
    fix: "Start it with {cgroup}, and let PID 1 run as root.",
    rules: ["run-cgroup-writable", "image-user-not-root", "run-user"],
    source: "measured: Docker 28.5: a read-only tree, USER nobody, userns-remap",
  },
  {
    id: "api-file-systems",
    kind: "follow-up",
    fatal: true,
    line: /Failed to mount API filesystems/,
    cause:
      "systemd may not mount what it needs and nothing is mounted there: /run, on Debian and Ubuntu /run/lock too.",
    fix: "Start it with {run}.",
    rules: ["run-tmpfs-run", "image-run-flags"],
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 247 to 262",
  },
  {
    id: "freezing",
    kind: "follow-up",
    fatal: true,
    line: /Freezing execution|\[!!!!!!\] .*, freezing\.?$/,
    cause:
      "PID 1 met a fatal error and froze: the container looks up, but nothing runs in it. The line before says why.",
    fix: "Repair what the line before says. {env} makes it exit instead, so that the failure is seen.",
    rules: ["image-container-env", "run-container-env"],
    versions: "systemd up to 239, and later where it does not know that it is in a container",
    source: "measured: Docker 20.10, 26.1 and 28.5, systemd 247 without `container`",
  },
  {
    id: "exiting",
    kind: "follow-up",
    fatal: true,
    line: /Exiting PID 1\.\.\./,
    cause: "PID 1 met a fatal error and exits 255. The line before says why.",
    fix: "Look for the line before it; {tty} shows it in the log.",
    versions: "systemd from 240",
    source: "systemd src/core/crash-handler.c",
  },
];
