import type { Row } from "../row";

/** Errors of systemctl and similar tools that cannot reach systemd. The cause depends on where they were run. */

/** All of these errors, in the wording of all versions: no systemd as PID 1, no socket, no bus. */
const noManager =
  /System has not been booted with systemd as init system|Failed to (?:connect to (?:\w+ scope )?bus|get D-Bus connection|create bus connection)\b|Service is in unknown state/;

const wrongInit =
  /Couldn't find an alternative telinit implementation|Trying to run as user instance, but the system has not|Explicit --user argument required to run as user manager/;

const buildRows: readonly Row[] = [
  {
    id: "build-systemctl",
    kind: "cause",
    scope: "build",
    line: noManager,
    cause: "A build step runs systemctl or a similar program, but systemd does not run during the build.",
    fix: "Remove the call: daemon-reload, start and restart have no effect in a build. `systemctl enable` works without systemd; services start at boot.",
    rules: ["image-systemctl-at-build"],
    source: "measured: RUN systemctl start, status, daemon-reload; yeti-platform/yeti#47",
  },
  {
    id: "build-no-systemctl",
    kind: "cause",
    scope: "build",
    line: /\bsystemctl: (?:command )?not found|\bsystemctl: No such file or directory|"systemctl": executable file not found/,
    cause: "A build step runs systemctl, which is not in the image: systemd is not installed at that step.",
    fix: "Install systemd before that step, or use a base image that has systemd. Remove `daemon-reload` and `start`, which have no effect in a build.",
    rules: ["image-systemd-missing", "image-systemctl-at-build"],
    source: "containers/podman#20105",
  },
  {
    id: "build-init",
    kind: "cause",
    scope: "build",
    line: wrongInit,
    cause: "A build step starts init, which boots only as PID 1 of a container.",
    fix: 'Remove the step, and start init when the container starts: `CMD ["/sbin/init"]`.',
    source: "systemd src/core/main.c",
  },
  {
    id: "build-step",
    kind: "follow-up",
    // The log does not contain the error of systemctl.
    line: /(?:process "|The command '|building at STEP "RUN )(?:\/bin\/(?:ba|da)?sh -\w+ )?systemctl (?:--now |enable --now |(?:re)?start |stop |reload |status |is-active |daemon-reload\b)/,
    cause: "A build step runs systemctl, but systemd does not run during the build.",
    fix: "Remove the call. `systemctl enable` works without systemd; services start when the container boots.",
    rules: ["image-systemctl-at-build"],
    source: "measured: RUN systemctl start, status, daemon-reload",
  },
];

const noSystemd = ["image-systemctl-at-build", "run-command"];
const noSystemdCause =
  "systemctl was run where systemd is not PID 1: in a build step, or in a container that does not start init.";
const noSystemdFix =
  "In a Dockerfile, use `systemctl enable`, which works without systemd. Start the container with init as its command.";

const noSystemctl = "systemctl is not in the container because the image does not contain systemd.";
const noSystemctlFix =
  "Install systemd in the image, or use an image that has it. Start the container with init as its command.";

const noSocket =
  /Failed to (?:connect to (?:system scope )?bus|get D-Bus connection).*: No such file or directory/;

export const busRows: readonly Row[] = [
  ...buildRows,
  {
    id: "not-booted-play",
    kind: "cause",
    scope: "play",
    line: /System has not been booted with systemd as init system|Failed to (?:connect to (?:\w+ scope )?bus|create bus connection)\b.*: Host is down|Failed to get D-Bus connection: Operation not permitted|Service is in unknown state/,
    cause:
      "Ansible's target container does not run systemd: the Molecule driver's default command, a shell loop, replaces init.",
    fix: 'Molecule: set `command: /sbin/init` for the platform, or `command: ""` with `override_command: false`.',
    rules: ["run-command"],
    source: "geerlingguy/docker-ubuntu2204-ansible#9; Molecule's docker driver, create.yml",
  },
  {
    id: "not-booted-devcontainer",
    kind: "cause",
    scope: "devcontainer",
    line: /System has not been booted with systemd as init system|Failed to (?:connect to (?:\w+ scope )?bus|create bus connection)\b.*: Host is down/,
    cause:
      "The dev container does not run systemd: with `image` or `build`, its command is replaced unless `overrideCommand` is false.",
    fix: 'Set `"overrideCommand": false` in devcontainer.json, and start systemd with the image\'s CMD.',
    rules: ["run-command"],
    source: "containers.dev/implementors/json_reference, overrideCommand",
  },
  {
    id: "systemctl-stub",
    kind: "cause",
    line: /"systemd" is not running in this container due to its overhead/,
    cause: "systemctl is a stub here, as in many dev container images, and systemd is not PID 1.",
    fix: 'Boot systemd as PID 1 (`"overrideCommand": false` in devcontainer.json), or use `service`. In a build, remove the stub before `systemctl enable`.',
    source: "devcontainers/images, systemctl in the common scripts",
  },
  {
    id: "not-booted-container",
    kind: "cause",
    scope: "container",
    line: /System has not been booted with systemd as init system|Failed to (?:connect to (?:\w+ scope )?bus|create bus connection)\b.*: Host is down|Failed to get D-Bus connection: Operation not permitted/,
    cause:
      "PID 1 of this container is not systemd: a command, shell or entrypoint script runs instead of init.",
    fix: "Start the container without a command so that the image's init is PID 1, and open a shell with `docker exec`. If the image has an entrypoint script, end it with `exec /sbin/init`.",
    rules: ["run-command", "image-entrypoint-exec", "image-shell-form-init"],
    source: "eniocarboni/docker-rockylinux-systemd#5",
  },
  {
    id: "no-systemctl",
    kind: "cause",
    line: /"systemctl": executable file not found|executable file `systemctl` not found|required executable "?systemctl"? in paths/,
    cause: noSystemctl,
    fix: noSystemctlFix,
    rules: ["image-systemd-missing"],
    source: "runc, crun, Ansible's service_mgr",
  },
  {
    id: "no-systemctl-in-shell",
    kind: "cause",
    scope: "container",
    unless: ["no-systemctl"],
    line: /\bsystemctl: (?:command )?not found/,
    cause: noSystemctl,
    fix: noSystemctlFix,
    rules: ["image-systemd-missing"],
    source: "bash, dash and BusyBox",
  },
  {
    id: "not-booted",
    kind: "cause",
    line: /System has not been booted with systemd as init system \(PID 1\)/,
    cause: noSystemdCause,
    fix: noSystemdFix,
    rules: noSystemd,
    ambiguous: true,
    versions: "systemd from 236",
    source: "systemd src/libsystemd/sd-bus/bus-util.c; measured: RUN systemctl start, status, daemon-reload",
  },
  {
    id: "bus-host-down",
    kind: "follow-up",
    line: /Failed to (?:connect to (?:system scope )?bus|create bus connection).*: Host is down/,
    cause: noSystemdCause,
    fix: noSystemdFix,
    rules: noSystemd,
    ambiguous: true,
    source: "systemd src/libsystemd/sd-bus/bus-util.c",
  },
  {
    id: "bus-219",
    kind: "cause",
    line: /Failed to get D-Bus connection: Operation not permitted/,
    cause: noSystemdCause,
    fix: noSystemdFix,
    rules: noSystemd,
    ambiguous: true,
    versions: "systemd 219 (CentOS 7)",
    source: "CentOS/sig-cloud-instance-images#104",
  },
  {
    id: "bus-user",
    kind: "cause",
    line: /\$DBUS_SESSION_BUS_ADDRESS and \$XDG_RUNTIME_DIR not defined|Failed to connect to (?:user scope )?bus.*: No medium found/,
    cause: "`systemctl --user` was run outside a logind session, for example with `docker exec`.",
    fix: "Log in with `machinectl shell` or `su -`. For a user manager without a session, run `loginctl enable-linger`.",
    source:
      "systemd src/libsystemd/sd-bus/bus-util.c; measured: systemd 252 reports that no medium was found",
  },
  {
    id: "bus-missing-client",
    kind: "cause",
    line: /Failed to create bus connection.*: No such file or directory/,
    cause:
      "hostnamectl, timedatectl and similar tools need D-Bus, but its socket does not exist: dbus is not installed, or systemd is not running.",
    fix: "If `systemctl is-system-running` works as root, install dbus in the image. Otherwise check the container's log to find out why systemd is not running.",
    rules: ["image-dbus-missing", "image-systemctl-at-build"],
    ambiguous: true,
    source: "solita/docker-systemd#12",
  },
  {
    id: "bus-missing-rootless",
    kind: "cause",
    when: ({ facts }) => facts?.rootless === true,
    line: noSocket,
    cause:
      "Neither systemd nor D-Bus has a socket in this container, so systemd is not running. This line alone does not show why.",
    fix: "Check the container's log (`docker logs`, `podman logs`). A rootless engine needs a host with cgroup v2, or a delegated cgroup.",
    rules: ["image-dbus-missing", "image-systemctl-at-build"],
    ambiguous: true,
    source: "containers/podman#8965",
  },
  {
    id: "bus-missing",
    kind: "cause",
    line: noSocket,
    cause:
      "Neither systemd nor D-Bus has a socket here: systemd is still booting, failed to start, or is not PID 1. This line alone does not show which.",
    fix: "Check the container's log (`docker logs`, `podman logs`). If `systemctl is-system-running` works as root, only D-Bus is missing.",
    rules: ["image-dbus-missing", "image-systemctl-at-build"],
    ambiguous: true,
    source: "moby/moby#32616, microsoft/WSL#11857",
  },
  {
    id: "manager-silent",
    kind: "cause",
    line: /Failed to (?:list units|get properties|get load state of \S+|reload daemon|start \S+|activate service 'org\.freedesktop\.systemd1'): (?:.{0,80}timed out|.{0,80}Transport endpoint is not connected)/,
    cause:
      "PID 1 does not respond: it either froze during boot or is waiting for something. This line alone does not show why.",
    fix: "Check the container's log (`docker logs`, `podman logs`) for the line before `Freezing execution`.",
    source: "systemd/systemd#6408",
  },
  {
    id: "bus-dead",
    kind: "cause",
    line: /Failed to (?:connect to (?:system scope )?bus|get D-Bus connection|create bus connection).*: (?:Connection refused|No data available)/,
    cause: "D-Bus does not respond: its service failed or was stopped.",
    fix: "Run `systemctl status dbus` in the container.",
    rules: ["image-dbus-missing"],
    ambiguous: true,
    source: "systemd src/libsystemd/sd-bus/sd-bus.c",
  },
  {
    id: "unit-not-found",
    kind: "cause",
    line: /Failed to enable unit(?:: Unit (?:file )?|, unit )(?<unit>\S{1,100}) does not exist/,
    cause: "{unit} is enabled before it is added to the image.",
    fix: "Copy or install the unit before enabling it.",
    rules: ["image-enable-order", "image-unit-name"],
    source: "measured: RUN systemctl enable with a unit that does not exist",
  },
  {
    id: "unit-alias",
    kind: "cause",
    line: /Failed to enable unit(?:: R|, r)efusing to operate on (?:alias name or )?linked unit file:? (?<unit>\S{1,100}?)\.?$/m,
    cause: "{unit} is an alias or a link, which systemctl enable rejects.",
    fix: "Enable the unit that the alias or link points to, for example ssh.service instead of sshd.service on Debian and Ubuntu.",
    rules: ["image-unit-name"],
    source: "measured: RUN systemctl enable sshd on Debian 12",
  },
  {
    id: "unit-masked",
    kind: "cause",
    line: /Failed to (?:enable unit: Unit (?:file )?(?<unit>\S{1,100}) is masked|start \S+: Unit \S+ is masked)/,
    cause: "A command enables or starts a masked unit.",
    fix: "Run `systemctl unmask` first, or remove the command.",
    rules: ["image-enable-order"],
    source: "systemd src/shared/install.c",
  },
];
