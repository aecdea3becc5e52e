import type { Row } from "../row";

/** What engines and builders refuse, and what systemctl says where no systemd runs. */

export const engineRows: readonly Row[] = [
  {
    id: "writable-cgroups-refused",
    kind: "cause",
    fatal: true,
    line: /invalid --security-opt \d+: "?writable-cgroups=/,
    cause: "The engine does not know `writable-cgroups`: Docker has it from 28 on, Podman does not need it.",
    fix: "Start it with {cgroup} instead.",
    rules: ["run-security-opt"],
    versions: "Docker below 28, Podman",
    source: "measured: Docker 20.10 and 26.1",
  },
  {
    id: "writable-cgroups-bare",
    kind: "cause",
    fatal: true,
    line: /invalid (?:--security-opt|security-opt): "?writable-cgroups/,
    cause: "The docker command and Compose want a value: `writable-cgroups` alone is refused.",
    fix: "Write `writable-cgroups=true`.",
    rules: ["run-security-opt"],
    source: "docker/cli cli/command/container/opts.go, docker/compose pkg/compose/create.go",
  },
  {
    id: "writable-cgroups-userns",
    kind: "cause",
    fatal: true,
    line: /option WritableCgroups conflicts with user namespaces and rootless mode/,
    cause: "A rootless engine, or one with userns-remap, refuses `writable-cgroups`.",
    fix: "Leave the option out and start it with {cgroup}.",
    rules: ["run-security-opt"],
    source: "measured: Docker 28.5 with userns-remap",
  },
  {
    id: "podman-v1-private",
    kind: "cause",
    fatal: true,
    line: /cgroup namespace is not supported with cgroup v1 and systemd mode/,
    cause: "Podman gives systemd no private cgroup namespace on a host with cgroup v1.",
    fix: "Leave out `--cgroupns=private` (or say `--cgroupns=host`), or use a host with cgroup v2.",
    rules: ["run-cgroup-namespace"],
    versions: "Podman 4.5 to 5",
    source: "containers/podman#24107",
  },
  {
    id: "tmpfs-option",
    kind: "cause",
    fatal: true,
    line: /invalid tmpfs option "?(?<option>[^"\s]{1,60})/,
    cause: "The engine does not know the tmpfs option `{option}`.",
    fix: "Correct it: exec, mode=, size=, uid= and gid= are the usual ones.",
    rules: ["run-tmpfs-tmp", "run-tmpfs-run"],
    source: "moby/sys mount",
  },
  {
    id: "rootless-wsl",
    kind: "cause",
    fatal: true,
    line: /Error response from daemon: open \/sys\/fs\/cgroup\/user\.slice\/.*cgroup\.controllers: no such file/,
    cause:
      "Rootless Docker does not find the user's delegated cgroup tree: WSL 2.9 puts it below another root.",
    fix: "Use the rootful engine there, or an older WSL.",
    versions: "Docker rootless on WSL 2.9",
    source: "moby/moby#53531",
  },
  {
    id: "stop-signal-unknown",
    kind: "cause",
    fatal: true,
    line: /failed to parse stop signal "?(?<name>[A-Z0-9+]+)"?/,
    cause: "This containerd does not know the signal {name} by name.",
    fix: "Write its number: SIGRTMIN+3 is 37. containerd 1.6 knows the name.",
    rules: ["image-stop-signal"],
    versions: "containerd below 1.6 under Kubernetes",
    source: "containerd/containerd#5402",
  },
  {
    id: "exec-busy",
    kind: "cause",
    line: /cgroup\.procs: device or resource busy/,
    cause:
      "The engine's runtime cannot put a process into a container whose systemd has divided its control group.",
    fix: "Update the runtime: runc 1.0, a current crun or Kata.",
    versions: "runc below 1.0.0-rc91",
    source: "opencontainers/runc#2416, containers/crun#81",
  },
  {
    id: "build-mount-source",
    kind: "cause",
    line: /"\/sys\/fs\/(?<what>cgroup|fuse)"?: not found/,
    cause:
      "A `RUN --mount` looks for /sys/fs/{what} in the build context. A mount of a build step does nothing for the container anyway.",
    fix: "Remove the mount from RUN; start the container with {cgroup}.",
    rules: ["image-build-mount"],
    source: "measured: BuildKit of Docker 28.5",
  },
  {
    id: "build-mount-space",
    kind: "cause",
    line: /missing a value on flag: --mount/,
    cause:
      "`--mount type=` with a space: the builder wants `--mount=type=`. A mount of a build step does nothing for the container anyway.",
    fix: "Remove the mount from RUN, or write it with `=`.",
    rules: ["image-build-mount"],
    source: "measured: BuildKit of Docker 28.5",
  },
];

const noSystemd = [
  "image-systemctl-at-build",
  "run-command",
  "devcontainer-override-command",
  "molecule-command",
];
const noSystemdCause =
  "systemctl was called where systemd is not PID 1: in a build step, or in a container whose command is something else.";
const noSystemdFix =
  "In a Dockerfile use `systemctl enable`, which needs no systemd; start the container with init as its command.";

export const busRows: readonly Row[] = [
  {
    id: "not-booted",
    kind: "cause",
    line: /System has not been booted with systemd as init system \(PID 1\)/,
    cause: noSystemdCause,
    fix: noSystemdFix,
    rules: noSystemd,
    versions: "systemd from 236",
    source: "systemd src/libsystemd/sd-bus/bus-util.c; measured: RUN systemctl start, status, daemon-reload",
  },
  {
    id: "bus-host-down",
    kind: "follow-up",
    line: /Failed to connect to (?:system scope )?bus.*: Host is down/,
    cause: noSystemdCause,
    fix: noSystemdFix,
    rules: noSystemd,
    source: "systemd src/libsystemd/sd-bus/bus-util.c",
  },
  {
    id: "bus-219",
    kind: "cause",
    line: /Failed to get D-Bus connection: Operation not permitted/,
    cause: noSystemdCause,
    fix: noSystemdFix,
    rules: noSystemd,
    versions: "systemd 219 (CentOS 7)",
    source: "CentOS/sig-cloud-instance-images#104",
  },
  {
    id: "bus-user",
    kind: "cause",
    line: /\$DBUS_SESSION_BUS_ADDRESS and \$XDG_RUNTIME_DIR not defined/,
    cause: "`systemctl --user` was called in a session that logind did not open, as with `docker exec`.",
    fix: "Log in by `machinectl shell` or `su -`; for a manager without a session `loginctl enable-linger`.",
    source: "systemd src/libsystemd/sd-bus/bus-util.c",
  },
  {
    id: "bus-missing",
    kind: "cause",
    line: /Failed to connect to (?:system scope )?bus.*: No such file or directory/,
    cause:
      "There is no D-Bus socket: systemd is still booting, dbus is not installed, or systemd is not PID 1 here (systemd up to 235).",
    fix: "Wait until `systemctl is-system-running` answers; install dbus in the image.",
    rules: ["image-dbus-missing", "image-systemctl-at-build"],
    source: "moby/moby#32616, microsoft/WSL#11857",
  },
  {
    id: "bus-dead",
    kind: "cause",
    line: /Failed to connect to (?:system scope )?bus.*: (?:Connection refused|No data available)/,
    cause: "D-Bus is there but does not answer: its service failed or was stopped.",
    fix: "Look at `systemctl status dbus` in the container.",
    rules: ["image-dbus-missing"],
    source: "systemd src/libsystemd/sd-bus/sd-bus.c",
  },
  {
    id: "unit-not-found",
    kind: "cause",
    line: /Failed to enable unit: Unit (?:file )?(?<unit>\S{1,100}) does not exist/,
    cause: "{unit} is enabled before it is in the image.",
    fix: "Copy or install it first.",
    rules: ["image-enable-order"],
    source: "measured: RUN systemctl enable of a unit that is not there",
  },
  {
    id: "unit-masked",
    kind: "cause",
    line: /Failed to (?:enable unit: Unit (?:file )?(?<unit>\S{1,100}) is masked|start \S+: Unit \S+ is masked)/,
    cause: "A unit is enabled or started that is masked.",
    fix: "`systemctl unmask` it first, or leave it out.",
    rules: ["image-enable-order"],
    source: "systemd src/shared/install.c",
  },
];
