import type { Row } from "../row";

/** What systemctl and its like say where they reach no systemd; it depends on where they were called. */

/** Any of them, in the words of every version: no systemd as PID 1, no socket, no bus. */
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
    cause:
      "A build step calls systemctl (or a program like it), and systemd does not run while an image is built.",
    fix: "Remove the call: daemon-reload, start and restart have no use in a build. `systemctl enable` needs no systemd; services start at boot.",
    rules: ["image-systemctl-at-build"],
    source: "measured: RUN systemctl start, status, daemon-reload; yeti-platform/yeti#47",
  },
  {
    id: "build-no-systemctl",
    kind: "cause",
    scope: "build",
    line: /\bsystemctl: (?:command )?not found|\bsystemctl: No such file or directory|"systemctl": executable file not found/,
    cause:
      "A build step calls systemctl, which the image does not contain: systemd is not installed at that step.",
    fix: "Install systemd before that step, or take a base image with systemd. Remove daemon-reload and start, which have no use in a build.",
    rules: ["image-systemd-missing", "image-systemctl-at-build"],
    source: "containers/podman#20105",
  },
  {
    id: "build-init",
    kind: "cause",
    scope: "build",
    line: wrongInit,
    cause: "A build step starts init, which boots only as PID 1 of a container.",
    fix: 'Remove the step, and start init when the container runs: `CMD ["/sbin/init"]`.',
    source: "systemd src/core/main.c",
  },
  {
    id: "build-step",
    kind: "follow-up",
    // What systemctl itself said is not in the log.
    line: /(?:process "|The command '|building at STEP "RUN )(?:\/bin\/(?:ba|da)?sh -\w+ )?systemctl (?:--now |enable --now |(?:re)?start |stop |reload |status |is-active |daemon-reload\b)/,
    cause: "A build step calls systemctl, and systemd does not run while an image is built.",
    fix: "Remove the call. `systemctl enable` needs no systemd; services start when the container boots.",
    rules: ["image-systemctl-at-build"],
    source: "measured: RUN systemctl start, status, daemon-reload",
  },
];

const noSystemd = ["image-systemctl-at-build", "run-command"];
const noSystemdCause =
  "systemctl was called where systemd is not PID 1: in a build step, or in a container whose command is something else.";
const noSystemdFix =
  "In a Dockerfile use `systemctl enable`, which needs no systemd; start the container with init as its command.";

const noSystemctl = "systemctl is not in the container: the image does not contain systemd.";
const noSystemctlFix =
  "Install systemd in the image, or use an image that has it, and start it with init as its command.";

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
      "The container that Ansible works in does not run systemd: the driver's own command, a shell loop, takes the place of init.",
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
      "The dev container does not run systemd: with `image` and `build` its command is replaced unless `overrideCommand` is false.",
    fix: 'Set `"overrideCommand": false` in devcontainer.json, and start systemd by the image\'s CMD.',
    rules: ["run-command"],
    source: "containers.dev/implementors/json_reference, overrideCommand",
  },
  {
    id: "systemctl-stub",
    kind: "cause",
    line: /"systemd" is not running in this container due to its overhead/,
    cause: "systemctl is a stub here, which images for dev containers contain, and systemd is not PID 1.",
    fix: 'Boot systemd as PID 1 (`"overrideCommand": false` in devcontainer.json), or use `service`. Before `systemctl enable` in a build remove the stub.',
    source: "devcontainers/images, systemctl of the common scripts",
  },
  {
    id: "not-booted-container",
    kind: "cause",
    scope: "container",
    line: /System has not been booted with systemd as init system|Failed to (?:connect to (?:\w+ scope )?bus|create bus connection)\b.*: Host is down|Failed to get D-Bus connection: Operation not permitted/,
    cause:
      "PID 1 of this container is another program, not systemd: a command, a shell or an entry script takes the place of init.",
    fix: "Start it without a command, so that init of the image is PID 1; open a shell by `docker exec`. End an entry script with `exec /sbin/init`.",
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
    cause: "`systemctl --user` was called in a session that logind did not open, as with `docker exec`.",
    fix: "Log in by `machinectl shell` or `su -`; for a manager without a session `loginctl enable-linger`.",
    source: "systemd src/libsystemd/sd-bus/bus-util.c; measured: systemd 252 says that there is no medium",
  },
  {
    id: "bus-missing-client",
    kind: "cause",
    line: /Failed to create bus connection.*: No such file or directory/,
    cause:
      "hostnamectl, timedatectl and their like speak over D-Bus, and it has no socket here: dbus is not installed, or systemd is not up.",
    fix: "If `systemctl is-system-running` works as root, install dbus in the image. Otherwise read the container's own log for why systemd is not up.",
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
      "Neither systemd nor D-Bus has a socket in this container: systemd is not up. This line alone does not say why.",
    fix: "Read the container's own log (`docker logs`, `podman logs`). A rootless engine needs a host with cgroup v2, or a delegated control group.",
    rules: ["image-dbus-missing", "image-systemctl-at-build"],
    ambiguous: true,
    source: "containers/podman#8965",
  },
  {
    id: "bus-missing",
    kind: "cause",
    line: noSocket,
    cause:
      "Neither systemd nor D-Bus has a socket here: systemd still boots, did not come up, or is not PID 1. This line alone does not say which.",
    fix: "Read the container's own log (`docker logs`, `podman logs`). If `systemctl is-system-running` works as root, D-Bus is what is missing.",
    rules: ["image-dbus-missing", "image-systemctl-at-build"],
    ambiguous: true,
    source: "moby/moby#32616, microsoft/WSL#11857",
  },
  {
    id: "manager-silent",
    kind: "cause",
    line: /Failed to (?:list units|get properties|get load state of \S+|reload daemon|start \S+|activate service 'org\.freedesktop\.systemd1'): (?:.{0,80}timed out|.{0,80}Transport endpoint is not connected)/,
    cause:
      "PID 1 does not answer: systemd froze while it booted, or waits. This line alone does not say why.",
    fix: "Read the container's own log (`docker logs`, `podman logs`) for the line before `Freezing execution`.",
    source: "systemd/systemd#6408",
  },
  {
    id: "bus-dead",
    kind: "cause",
    line: /Failed to (?:connect to (?:system scope )?bus|get D-Bus connection|create bus connection).*: (?:Connection refused|No data available)/,
    cause: "D-Bus is there but does not answer: its service failed or was stopped.",
    fix: "Look at `systemctl status dbus` in the container.",
    rules: ["image-dbus-missing"],
    ambiguous: true,
    source: "systemd src/libsystemd/sd-bus/sd-bus.c",
  },
  {
    id: "unit-not-found",
    kind: "cause",
    line: /Failed to enable unit(?:: Unit (?:file )?|, unit )(?<unit>\S{1,100}) does not exist/,
    cause: "{unit} is enabled before it is in the image.",
    fix: "Copy or install it first.",
    rules: ["image-enable-order", "image-unit-name"],
    source: "measured: RUN systemctl enable of a unit that is not there",
  },
  {
    id: "unit-alias",
    kind: "cause",
    line: /Failed to enable unit(?:: R|, r)efusing to operate on (?:alias name or )?linked unit file:? (?<unit>\S{1,100}?)\.?$/m,
    cause: "{unit} is an alias or a link, which systemctl does not enable.",
    fix: "Enable the unit that it stands for: on Debian and Ubuntu ssh.service for sshd.service.",
    rules: ["image-unit-name"],
    source: "measured: RUN systemctl enable sshd on Debian 12",
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
