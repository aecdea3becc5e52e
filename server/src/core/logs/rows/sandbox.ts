import type { Row } from "../row";
import { everyVersion, exitCodes } from "./programs";

/**
 * Requests that a unit makes to the kernel before its program starts, and that a container is not permitted to make.
 */

const confined = ["run-capability-unneeded"];

const refusedSandbox =
  /(?:Failed to set up mount namespacing: (?:\S+: )?|Failed at step NAMESPACE spawning \S+: )Operation not (?:permitted|supported)/;

const invalidCredentials =
  /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): Invalid argument/;

/** A unit's sandbox, by the failed step and the error. The line with the path precedes the line about the step. */
const namespaceRows: readonly Row[] = [
  {
    id: "namespace-proc",
    kind: "cause",
    line: /Failed to set up mount namespacing: \/run\/systemd\/(?:unit-root|mount-rootfs)\/proc: Permission denied/,
    cause: "A unit requests a private /proc (ProtectProc=, ProcSubset=), which AppArmor denies.",
    fix: "Reset the unit's ProtectProc= and ProcSubset= in a drop-in, or allow nesting in the container manager.",
    source: "systemd/systemd#17866",
  },
  {
    id: "namespace-kernel-path",
    kind: "cause",
    line: /Failed to set up mount namespacing: (?:\/run\/systemd\/(?:unit-root|mount-rootfs))?(?<path>\/(?:proc|sys)\/[^\s:]{1,200}): No such file or directory/,
    cause:
      "A unit's sandbox needs {path}, which does not exist: the container manager hides it, as LXC and LXD do without nesting.",
    fix: "LXC, LXD: `security.nesting=true` (Proxmox: nesting=1). Otherwise turn off the unit's ProtectKernelTunables=, ProtectHostname= … in a drop-in.",
    source: "systemd/systemd#17866, skeeto/endlessh#80",
  },
  {
    id: "namespace-path",
    kind: "cause",
    line: /Failed to set up mount namespacing: (?:\/run\/systemd\/(?:unit-root|mount-rootfs))?(?<path>\/[^\s:]{1,200}): No such file or directory/,
    cause: "A unit's sandbox uses {path} (ReadWritePaths=, BindPaths= …), which is not in the image.",
    fix: "Create the path in the image, or prefix it with `-` in the unit so that systemd ignores it if it is missing.",
    source: "systemd.exec(5), ReadWritePaths=",
  },
  {
    id: "namespace-path-unnamed",
    kind: "cause",
    unless: ["namespace-kernel-path", "namespace-path"],
    line: /(?:Failed to set up mount namespacing|Failed at step NAMESPACE spawning \S+): No such file or directory/,
    cause:
      "A unit's sandbox uses a path that is not in the image (ReadWritePaths=, BindPaths=, RootDirectory= …).",
    fix: "Create the path in the image, or prefix it with `-` in the unit so that systemd ignores it if it is missing.",
    source: "systemd.exec(5), ReadWritePaths=",
  },
  {
    id: "namespace-apparmor",
    kind: "cause",
    unless: ["namespace-proc"],
    line: /Failed to set up mount namespacing: (?:\S+: )?Permission denied|Failed at step NAMESPACE spawning \S+: Permission denied/,
    cause:
      "The container has SYS_ADMIN, so systemd sets up the sandboxes of units, but AppArmor denies their mounts. These units fail with status 226.",
    fix: "Remove SYS_ADMIN: systemd then skips the sandboxes. If you need it, add `apparmor=unconfined`. LXC: `security.nesting=true`.",
    rules: confined,
    versions: "systemd from 240",
    source: "systemd v240 src/core/namespace.c, moby/moby#40421",
  },
  {
    id: "namespace-243",
    kind: "cause",
    when: ({ systemdVersion }) => systemdVersion !== undefined && systemdVersion < 244,
    line: refusedSandbox,
    cause:
      "An unprivileged container cannot provide the sandbox that a unit requests. With versions of systemd before 244, the unit fails. Messages about devices.allow are harmless.",
    fix: "Use an image with systemd 244 or later. Otherwise mask the unit (systemd-logind), or turn off its sandbox options in a drop-in.",
    versions: "systemd below 244",
    source: "systemd/systemd#13955, freeipa/freeipa-container#306",
  },
  {
    id: "namespace-refused",
    kind: "cause",
    line: refusedSandbox,
    cause:
      "A unit requires a sandbox that an unprivileged container cannot provide: DynamicUser=, TemporaryFileSystem=, RootDirectory=, or BindPaths= to a different path.",
    fix: "Remove that option from the unit, or reset it in a drop-in.",
    source: `${everyVersion}; systemd/systemd#29860, #13622, #13955`,
  },
  {
    id: "namespace-other",
    kind: "cause",
    line: /Failed to set up mount namespacing: |Failed at step NAMESPACE spawning \S+: /,
    cause: "A unit's sandbox could not be set up. The cause of this error is not known.",
    fix: "In a drop-in, turn off the unit's sandbox options (PrivateTmp=no, ProtectSystem=no …) one at a time to find the one that fails.",
    source: "systemd.exec(5), sandboxing",
  },
  {
    id: "namespace-226",
    kind: "follow-up",
    line: /status=226\/NAMESPACE/,
    cause:
      "A unit's sandbox could not be set up. Either AppArmor denies it because the container has SYS_ADMIN, or the unit uses sandbox options that do not work in an unprivileged container.",
    fix: "Remove SYS_ADMIN. If the container needs it, turn off the unit's sandbox options in a drop-in (PrivateTmp=no, ProtectSystem=no …).",
    rules: confined,
    ambiguous: true,
    source: exitCodes,
  },
];

/** Failures to set up a unit's credentials (LoadCredential=, ImportCredential=), one row for each error. */
const credentialRows: readonly Row[] = [
  {
    id: "credentials-missing",
    kind: "cause",
    line: /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): No such file or directory/,
    cause: "A unit loads a credential (LoadCredential=) from a file that is not in the container.",
    fix: "Copy the file into the image or mount it, or remove the line from the unit.",
    source: everyVersion,
  },
  {
    id: "credentials-kernel",
    kind: "cause",
    when: ({ systemdVersion }) => systemdVersion !== undefined && systemdVersion >= 259,
    line: invalidCredentials,
    cause:
      "This version of systemd mounts credentials with options that the host's kernel does not support: `noswap` for tmpfs (requires Linux 6.4 or later), or `nosymfollow` (requires Linux 5.14 or later).",
    fix: "Use a host with a newer kernel, or an image with an older or fixed version of systemd. Under qemu-user, use an image for the host's architecture.",
    versions: "systemd 259 and 260 on an old kernel",
    source: "systemd/systemd#41311, canonical/lxd#17073",
  },
  {
    id: "credentials-emulated",
    kind: "cause",
    when: ({ systemdVersion }) => systemdVersion !== undefined && systemdVersion < 259,
    line: invalidCredentials,
    cause:
      "The mount calls for a unit's credentials are not supported. Usually the image is built for another architecture and runs under qemu-user.",
    fix: "Use an image for the host's architecture (`--platform linux/amd64` or `linux/arm64`). No other flag helps.",
    source: "systemd/systemd#34809",
  },
  {
    id: "credentials-invalid",
    kind: "cause",
    line: invalidCredentials,
    cause:
      "The kernel rejects the mount for a unit's credentials: systemd 260 runs on a kernel older than 6.4, or an image for another architecture runs under qemu-user.",
    fix: "Use a host with a newer kernel, or an image with an older version of systemd. Make sure that the image is built for the host's architecture. No flag can change this.",
    source: "systemd/systemd#41311, #34809",
  },
  {
    id: "credentials-unsupported",
    kind: "cause",
    line: /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): Function not implemented/,
    cause:
      "System calls that mount a unit's credentials are not available: the kernel or the engine's seccomp profile is too old, or qemu-user emulates the calls.",
    fix: "Update the engine (runc, libseccomp) and the host's kernel, or use an image for the host's architecture.",
    source: "systemd src/core/exec-credential.c",
  },
  {
    id: "credentials-denied",
    kind: "cause",
    line: /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): (?:Permission denied|Operation not permitted)/,
    cause:
      "A unit's credentials could not be set up: the container has SYS_ADMIN and AppArmor denies the mount, or the file in LoadCredential= is not readable.",
    fix: "Remove SYS_ADMIN: systemd then stores credentials in a directory. LXC: `security.nesting=true`. Make sure that root can read the file.",
    rules: confined,
    ambiguous: true,
    source: "systemd src/core/exec-credential.c; canonical/lxd#17073",
  },
  {
    id: "credentials-other",
    kind: "cause",
    line: /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): (?!Protocol error)/,
    cause: "A unit's credentials could not be set up. The cause of this error is not known.",
    fix: "Reset the unit's `ImportCredential=` and `LoadCredential=` in a drop-in to find the one that fails.",
    source: "systemd.exec(5), credentials",
  },
  {
    id: "credentials",
    kind: "cause",
    unless: [
      "credentials-missing",
      "credentials-kernel",
      "credentials-emulated",
      "credentials-invalid",
      "credentials-unsupported",
      "credentials-denied",
      "credentials-other",
    ],
    line: /status=243\/CREDENTIALS|Failed to set up credentials: |Failed at step CREDENTIALS/,
    cause:
      "A unit's credentials could not be set up: the file in LoadCredential= does not exist, or some of the mounts are denied (AppArmor, or a new version of systemd on an old kernel).",
    fix: "Make sure that the file exists. If it does, remove SYS_ADMIN, or reset the unit's `ImportCredential=` and `LoadCredential=` in a drop-in.",
    source:
      "lxc/lxd#17073, systemd/systemd#41311; measured: Docker 28.5 with SYS_ADMIN, systemd 247 to 257: a missing file is a protocol error",
  },
];

export const sandboxRows: readonly Row[] = [
  ...namespaceRows,
  {
    id: "user-namespace",
    kind: "cause",
    line: /Failed to set up user namespacing/,
    cause: "A unit requests a private user namespace (PrivateUsers=), which the container cannot create.",
    fix: "Set `PrivateUsers=no` in a drop-in for the unit.",
    source: everyVersion,
  },
  {
    id: "network-namespace",
    kind: "cause",
    line: /status=225\/NETWORK|Failed to set up network namespacing: Operation not permitted/,
    cause: "A unit requests a private network (PrivateNetwork=), which the container cannot create.",
    fix: "Set `PrivateNetwork=no` in a drop-in for the unit.",
    source: "systemd/systemd#14970",
  },
  ...credentialRows,
  {
    id: "capabilities",
    kind: "cause",
    line: /status=218\/CAPABILITIES|Failed at step CAPABILITIES/,
    cause: "A unit requests capabilities that the container does not have.",
    fix: "Add the capabilities in the unit's AmbientCapabilities= or CapabilityBoundingSet= to the container, or remove that line from the unit.",
    rules: ["run-capability-missing"],
    source: exitCodes,
  },
  {
    id: "unit-cgroup-v1",
    kind: "cause",
    when: ({ facts }) => facts?.cgroupVersion === 1,
    line: /status=219\/CGROUP\b/,
    cause:
      "A unit could not be moved to its cgroup. Containers on a cgroup v1 host share one tree, and one container can remove another's cgroups.",
    fix: "Use a host with cgroup v2 and a private cgroup namespace. On cgroup v1, start the containers one after another.",
    source: "systemd/systemd#20939",
  },
  {
    id: "unit-cgroup",
    kind: "cause",
    line: /status=219\/CGROUP\b/,
    cause: "A unit could not be moved to its cgroup.",
    fix: "Start the container with {cgroup}.",
    rules: ["run-cgroup-writable", "run-cgroup-namespace"],
    source: exitCodes,
  },
];
