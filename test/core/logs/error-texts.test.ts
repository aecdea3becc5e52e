import { describe, expect, test } from "vitest";
import { rules } from "../../../server/src/core/lint/rules/index";
import { catalogue } from "../../../server/src/core/logs/catalogue";
import { explainLog, type LogToExplain } from "../../../server/src/core/logs/explain";

/**
 * Texts that people report, by the number they have in the project's collection of errors, with the row that must
 * know them and the rule that must be named. `harmless`: the log is silent about them.
 */
type Reported = readonly [
  number: string,
  text: string,
  expected: string,
  rule?: string,
  known?: Omit<LogToExplain, "log">,
];

const docker28 = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
const image = { reference: "web", volumes: [], needs: [] };
const id = "0123456789abcdef".repeat(4);

const reported: readonly Reported[] = [
  [
    "1",
    "Failed to create /init.scope control group: Read-only file system",
    "cgroup-read-only",
    "run-cgroup-writable",
  ],
  [
    "2",
    `Failed to create /docker/${id}/init.scope control group: Read-only file system`,
    "cgroup-read-only-host-path",
    "run-cgroup-writable",
  ],
  [
    "2",
    `Failed to create /system.slice/docker-${id}.scope/init.scope control group: Read-only file system`,
    "cgroup-read-only-host-path",
    "run-cgroup-writable",
  ],
  [
    "3",
    "Failed to create /init.scope control group: No such file or directory",
    "cgroup-private-bind",
    "run-cgroup-namespace",
  ],
  [
    "3b",
    `Failed to create /docker/${id}/init.scope control group: No such file or directory`,
    "cgroup-host-without-bind",
    "run-cgroup-writable",
  ],
  [
    "4",
    "Failed to create /user.slice/user-1000.slice/user@1000.service/init.scope control group: Permission denied",
    "cgroup-session",
  ],
  ["4b", "Failed to create /init.scope control group: Operation not permitted", "cgroup-owner"],
  [
    "5",
    "Failed to allocate manager object: Read-only file system",
    "manager-read-only",
    "run-cgroup-writable",
  ],
  [
    "5",
    "Failed to allocate manager object: No such file or directory",
    "manager-not-found",
    "run-cgroup-namespace",
  ],
  ["5", "Failed to allocate manager object: Permission denied", "manager-denied"],
  ["5", "[!!!!!!] Failed to allocate manager object.", "manager", "run-cgroup-writable"],
  ["5", "[!!!!!!] Failed to allocate manager object, freezing.", "manager", "run-cgroup-writable"],
  [
    "6",
    "Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted",
    "cgroup-mount-unknown",
    "image-cgroup-volume",
  ],
  [
    "6",
    "Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted",
    "cgroup-mount-old-systemd",
    "image-cgroup-version",
    { facts: docker28, image: { ...image, systemdVersion: 219 } },
  ],
  [
    "6",
    "Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted",
    "cgroup-mount-v1",
    undefined,
    { facts: { ...docker28, cgroupVersion: 1 } },
  ],
  [
    "6b",
    "mount `cgroup` to `/sys/fs/cgroup/systemd`: Operation not permitted: OCI permission denied",
    "cgroup-force-v1",
    "image-cgroup-version",
  ],
  [
    "7",
    "Cannot determine cgroup we are running in: No medium found",
    "cgroup-no-medium",
    "image-cgroup-volume",
  ],
  [
    "8",
    "Cannot determine cgroup we are running in: No such file or directory",
    "cgroup-unknown",
    "image-cgroup-version",
  ],
  ["9", "Failed to mount tmpfs at /run: Operation not permitted", "tmpfs-run", "run-tmpfs-run"],
  ["9", "Failed to mount tmpfs at /run/lock: Operation not permitted", "tmpfs-lock", "run-tmpfs-run"],
  [
    "9",
    'Failed to mount tmpfs (type tmpfs) on /run (MS_NOSUID|MS_NODEV|MS_STRICTATIME "mode=0755,size=20%,nr_inodes=800k"): Operation not permitted',
    "tmpfs-run",
    "run-tmpfs-run",
  ],
  ["9b", "Failed to mount tmpfs at /run: Permission denied", "tmpfs-denied", "run-tmpfs-run"],
  ["10", "[!!!!!!] Failed to mount API filesystems.", "api-file-systems", "run-tmpfs-run"],
  [
    "11",
    "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down",
    "not-booted",
  ],
  ["11", "Failed to connect to bus: Host is down", "bus-host-down"],
  ["12", "Failed to get D-Bus connection: Operation not permitted", "bus-219"],
  ["13", "Failed to connect to bus: No such file or directory", "bus-missing"],
  ["14", "Failed to connect to bus: Connection refused", "bus-dead"],
  ["14", "Failed to connect to bus: No data available", "bus-dead"],
  ["14", "Failed to connect to bus: $DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not defined", "bus-user"],
  ["15", "Couldn't find an alternative telinit implementation to spawn.", "telinit", "run-init"],
  [
    "16",
    "Trying to run as user instance, but the system has not been booted with systemd.",
    "user-instance",
    "run-init",
  ],
  ["16b", "Trying to run as user instance, but $XDG_RUNTIME_DIR is not set.", "user-instance-in-system"],
  [
    "17",
    'exec: "/usr/sbin/init": stat /usr/sbin/init: no such file or directory',
    "init-not-found",
    "image-systemd-missing",
  ],
  [
    "17",
    'exec: "/sbin/init": stat /sbin/init: no such file or directory',
    "init-not-found",
    "image-systemd-missing",
  ],
  [
    "17",
    'exec: "/lib/systemd/systemd": stat /lib/systemd/systemd: no such file or directory',
    "init-not-found",
    "image-systemd-missing",
  ],
  ["17", "executable file `/sbin/init` not found in $PATH", "init-not-found", "image-systemd-missing"],
  ["18", "Freezing execution.", "freezing", "image-container-env"],
  ["18", "[!!!!!!] Failed to start up manager, freezing.", "freezing", "image-container-env"],
  ["19", "Exiting PID 1...", "exiting"],
  ["20", "Detected virtualization docker.", "harmless"],
  ["20", "Detected virtualization podman.", "harmless"],
  ["20", "Detected virtualization container-other.", "harmless"],
  ["20", "Detected virtualization kvm.", "not-detected", "image-container-env"],
  ["20", "Detected virtualization microsoft.", "not-detected", "image-container-env"],
  [
    "21",
    "Legacy cgroup v1 support selected. This is no longer supported. Will proceed anyway after 30s.",
    "cgroup-v1-delay",
    "image-cgroup-version",
  ],
  [
    "22",
    "Refusing to run under cgroup v1, SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1 not specified on kernel command line",
    "cgroup-v1-refused",
    "image-container-env",
  ],
  [
    "23",
    "Detected cgroup v1 hierarchy at /sys/fs/cgroup/, which is no longer supported by current version of systemd.",
    "cgroup-v1-removed",
    "image-cgroup-version",
  ],
  [
    "23",
    "Detected unsupported legacy cgroup hierarchy, refusing execution.",
    "cgroup-v1-removed",
    "image-cgroup-version",
  ],
  [
    "24",
    "Reported kernel version 4.19.0 is older than systemd's required baseline kernel version 5.4",
    "harmless",
  ],
  [
    "25",
    "web.service: Failed to set up mount namespacing: Permission denied\nweb.service: Failed at step NAMESPACE spawning /bin/web: Permission denied\nweb.service: Main process exited, code=exited, status=226/NAMESPACE",
    "namespace-apparmor",
    "run-capability-unneeded",
  ],
  ["25", "web.service: Main process exited, code=exited, status=226/NAMESPACE", "namespace-226"],
  ["26", "web.service: Failed to set up mount namespacing: Operation not permitted", "namespace-refused"],
  ["26", "web.service: Failed to set up mount namespacing: Operation not supported", "namespace-refused"],
  [
    "26b",
    "web.service: Failed to set up mount namespacing: /run/systemd/unit-root/proc: Permission denied",
    "namespace-proc",
  ],
  ["27", "web.service: Main process exited, code=exited, status=225/NETWORK", "network-namespace"],
  ["27", "web.service: Failed to set up network namespacing: Operation not permitted", "network-namespace"],
  ["28", "web.service: Main process exited, code=exited, status=243/CREDENTIALS", "credentials"],
  ["28", "web.service: Failed to set up credentials: Protocol error", "credentials"],
  [
    "28",
    "web.service: Failed at step CREDENTIALS spawning /bin/web: Permission denied",
    "credentials-denied",
  ],
  [
    "29",
    "web.service: Main process exited, code=exited, status=218/CAPABILITIES",
    "capabilities",
    "run-capability-missing",
  ],
  [
    "29",
    "web.service: Failed at step CAPABILITIES spawning /bin/web: Operation not permitted",
    "capabilities",
    "run-capability-missing",
  ],
  [
    "29",
    "web.service: Main process exited, code=exited, status=219/CGROUP",
    "unit-cgroup",
    "run-cgroup-writable",
  ],
  ["29", "web.service: Main process exited, code=exited, status=203/EXEC", "unit-exec"],
  ["29", "web.service: Main process exited, code=exited, status=200/CHDIR", "unit-chdir"],
  ["29", "web.service: Main process exited, code=exited, status=217/USER", "unit-user"],
  [
    "29",
    "web.service: Main process exited, code=exited, status=214/SETSCHEDULER",
    "unit-scheduler",
    "run-capability-missing",
  ],
  [
    "30",
    '"System is booting up. Unprivileged users are not permitted to log in yet. Please come back later. For technical details, see pam_nologin(8)."',
    "nologin",
    "image-nologin",
  ],
  ["31", "Failed to install release agent, ignoring: No such file or directory", "harmless"],
  ["31", "Failed to install release agent, ignoring: Read-only file system", "harmless"],
  ["32", "Failed to read AF_UNIX datagram queue length, ignoring: No such file or directory", "harmless"],
  ["33", "Couldn't move remaining userspace processes, ignoring: Input/output error", "harmless"],
  ["34", "Failed to attach 1 to compat systemd cgroup /init.scope: Permission denied", "harmless"],
  ["34", "Failed to create compat systemd cgroup /system.slice: No such file or directory", "harmless"],
  [
    "35",
    "Failed to set 'trusted.invocation_id' xattr on control group /init.scope, ignoring: Operation not permitted",
    "harmless",
  ],
  ["35", "Failed to reset devices.list on /system.slice: Operation not permitted", "harmless"],
  [
    "35",
    "Failed to set invocation ID on control group /init.scope, ignoring: Operation not permitted",
    "harmless",
  ],
  ["36", "[FAILED] Failed to mount Huge Pages File System.", "kernel-mounts"],
  ["36", "dev-hugepages.mount: Mount process exited, code=exited status=32", "kernel-mounts"],
  ["36", "[FAILED] Failed to mount FUSE Control File System.", "kernel-mounts"],
  ["36", "[FAILED] Failed to mount Kernel Debug File System.", "kernel-mounts"],
  ["37", "[FAILED] Failed to start Remount Root and Kernel File Systems.", "remount-root"],
  [
    "38",
    "Cannot add dependency job for unit getty.target, ignoring: Unit getty.target is masked.",
    "harmless",
  ],
  ["39", "[FAILED] Failed to listen on Journal Audit Socket.", "audit-socket"],
  [
    "39",
    "systemd-journald-audit.socket failed to listen on sockets: Operation not permitted",
    "audit-socket",
  ],
  ["40", "Failed to open /dev/console: No such file or directory", "console", "run-tty"],
  ["40", "", "silent-end", "run-tty", { exitCode: 255 }],
  ["41", "Welcome to your new installation of Arch Linux! Please configure your system!", "firstboot"],
  ["41", "-- Press any key to proceed --", "firstboot"],
  [
    "42",
    "pam_systemd(sshd:session): Failed to create session: Connection timed out",
    "session-timeout",
    "image-dbus-missing",
  ],
  ["43", "Failed to mount per-user tmpfs directory /run/user/1000: Permission denied", "user-runtime"],
  ["44", "Failed to allocate directory watch: Too many open files", "inotify"],
  ["44", "Failed to create inotify object: Too many open files", "inotify"],
  ["45", "invoke-rc.d: policy-rc.d denied execution of start.", "harmless"],
  ["45", "invoke-rc.d: could not determine current runlevel", "harmless"],
  [
    "46",
    "Failed to enable unit: Unit file web.service does not exist.",
    "unit-not-found",
    "image-enable-order",
  ],
  ["46", "Failed to enable unit: Unit web.service is masked", "unit-masked", "image-enable-order"],
  ["47", "Running in chroot, ignoring command 'start'", "harmless"],
  ["47", "Running in chroot, ignoring request.", "harmless"],
  ["48", 'invalid --security-opt 2: "writable-cgroups=true"', "writable-cgroups-refused", "run-security-opt"],
  ["49", 'invalid --security-opt: "writable-cgroups"', "writable-cgroups-bare", "run-security-opt"],
  ["49", 'invalid security-opt: "writable-cgroups"', "writable-cgroups-bare", "run-security-opt"],
  [
    "50",
    "option WritableCgroups conflicts with user namespaces and rootless mode",
    "writable-cgroups-userns",
    "run-security-opt",
  ],
  [
    "51",
    "cgroup namespace is not supported with cgroup v1 and systemd mode",
    "podman-v1-private",
    "run-cgroup-namespace",
  ],
  ["52", 'invalid tmpfs option "exce"', "tmpfs-option", "run-tmpfs-tmp"],
  [
    "53",
    "Error response from daemon: open /sys/fs/cgroup/user.slice/user-1000.slice/cgroup.controllers: no such file or directory",
    "rootless-wsl",
  ],
  [
    "54",
    'failed to parse stop signal "SIGRTMIN+3": unknown signal',
    "stop-signal-unknown",
    "image-stop-signal",
  ],
  [
    "54b",
    "OCI runtime exec failed: write /sys/fs/cgroup/docker/web/cgroup.procs: device or resource busy",
    "exec-busy",
  ],
  ["54c", "Failed to mount /etc/machine-id: Operation not permitted", "harmless"],
  ["54d", "Failed to fork: Operation not permitted", "fork-denied"],
  ["55", "Fatal glibc error: CPU does not support x86-64-v3", "cpu-level"],
  [
    "56",
    "Fatal error : adjtimex(0x8001) failed : Operation not permitted",
    "clock",
    "run-capability-missing",
  ],
  ["56", "Error sending status request (Operation not permitted)", "auditd", "image-workload-needs"],
  [
    "56",
    "ERROR: Cannot open TUN/TAP dev /dev/net/tun: No such file or directory (errno=2)",
    "tun",
    "run-capability-missing",
  ],
  [
    "56",
    "sudo: unable to send audit message: Operation not permitted",
    "audit-message",
    "run-capability-missing",
  ],
  [
    "57",
    "ln: failed to create symbolic link '/etc/resolv.conf': Device or resource busy",
    "resolv-conf",
    "image-resolved",
  ],
  ["58", "Running in a container, ignoring fstab device entry for /dev/sda1.", "harmless"],
  [
    "59",
    "systemd 252 running in system mode\nReached target Multi-User System.",
    "killed",
    "image-stop-signal",
    { exitCode: 137 },
  ],
  ["60", "Exiting PID 1...", "exiting", undefined, { exitCode: 255 }],
  ["61", "Reached target Multi-User System.\nExiting container.", "harmless", undefined, { exitCode: 0 }],
  ["62", "Reached target Power-Off.", "harmless", undefined, { exitCode: 130 }],
  ["62", "Reached target Reboot.", "harmless", undefined, { exitCode: 129 }],
];

const numbers = [...Array(62).keys()].map((index) => String(index + 1));
const lettered = ["3b", "4b", "6b", "9b", "16b", "26b", "54b", "54c", "54d"];

describe("every text of the collection is known", () => {
  test("no number is missing", () => {
    const covered = new Set(reported.map(([number]) => number));
    expect([...covered].sort()).toEqual([...numbers, ...lettered].sort());
  });

  const cases = reported.map(([number, text, expected, rule, known]) => ({
    number,
    text,
    expected,
    rule,
    known,
  }));

  test.each(cases)("$number: $text", ({ text, expected, rule, known }) => {
    const log = text === "" ? "" : `Starting up.\n${text}\n`;
    const causes = explainLog({ ...known, log });
    expect(causes.map((cause) => cause.id)).toEqual(expected === "harmless" ? [] : [expected]);
    expect(causes[0]?.rule).toBe(rule);
  });

  test("what is told to be harmless is known to be, and not merely unknown", () => {
    for (const [number, text, expected] of reported) {
      if (expected !== "harmless" || number === "62") continue;
      const last = text.split("\n").at(-1) ?? "";
      expect(catalogue.find(({ line }) => line.test(last))?.kind).toBe("harmless");
    }
  });

  test("the rules that are named are there", () => {
    const ids = new Set(rules.map((rule) => rule.id));
    const named = new Set(catalogue.flatMap((row) => row.rules ?? []));
    expect([...named].filter((name) => !ids.has(name))).toEqual([]);
  });

  test("each row says where it is from", () => {
    expect(catalogue.filter(({ source }) => source.trim() === "")).toEqual([]);
  });
});
