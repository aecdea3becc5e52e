import type { Row } from "../row";
import { everyVersion, exitCodes } from "./programs";

/** What units ask the kernel for before their program starts, and a container may not. */

const confined = ["run-capability-unneeded"];
const dropIn = "Reset the sandbox options of the unit in a drop-in (PrivateTmp=no, ProtectSystem=no …).";

const refusedSandbox =
  /(?:Failed to set up mount namespacing: (?:\S+: )?|Failed at step NAMESPACE spawning \S+: )Operation not (?:permitted|supported)/;

const invalidCredentials =
  /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): Invalid argument/;

/** A unit's sandbox, by the step that failed and the error. The line that names the path comes before the step's. */
const namespaceRows: readonly Row[] = [
  {
    id: "namespace-proc",
    kind: "cause",
    line: /Failed to set up mount namespacing: \/run\/systemd\/(?:unit-root|mount-rootfs)\/proc: Permission denied/,
    cause: "A unit asks for a /proc of its own (ProtectProc=, ProcSubset=), which AppArmor denies.",
    fix: "Reset ProtectProc= and ProcSubset= of the unit in a drop-in, or allow nesting in the container manager.",
    source: "systemd/systemd#17866",
  },
  {
    id: "namespace-kernel-path",
    kind: "cause",
    line: /Failed to set up mount namespacing: (?:\/run\/systemd\/(?:unit-root|mount-rootfs))?(?<path>\/(?:proc|sys)\/[^\s:]{1,200}): No such file or directory/,
    cause:
      "A unit's sandbox covers {path}, which is not there: the container manager hides it, as LXC and LXD do without nesting.",
    fix: "LXC, LXD: `security.nesting=true` (Proxmox: nesting=1). Otherwise reset ProtectKernelTunables=, ProtectHostname= … of the unit in a drop-in.",
    source: "systemd/systemd#17866, skeeto/endlessh#80",
  },
  {
    id: "namespace-path",
    kind: "cause",
    line: /Failed to set up mount namespacing: (?:\/run\/systemd\/(?:unit-root|mount-rootfs))?(?<path>\/[^\s:]{1,200}): No such file or directory/,
    cause: "A unit's sandbox names {path} (ReadWritePaths=, BindPaths= …), which is not in the image.",
    fix: "Make it in the image, or write `-` before the path in the unit, which then does without it.",
    source: "systemd.exec(5), ReadWritePaths=",
  },
  {
    id: "namespace-path-unnamed",
    kind: "cause",
    unless: ["namespace-kernel-path", "namespace-path"],
    line: /(?:Failed to set up mount namespacing|Failed at step NAMESPACE spawning \S+): No such file or directory/,
    cause:
      "A path that a unit's sandbox names (ReadWritePaths=, BindPaths=, RootDirectory= …) is not in the image.",
    fix: "Make it in the image, or write `-` before the path in the unit, which then does without it.",
    source: "systemd.exec(5), ReadWritePaths=",
  },
  {
    id: "namespace-apparmor",
    kind: "cause",
    unless: ["namespace-proc"],
    line: /Failed to set up mount namespacing: (?:\S+: )?Permission denied|Failed at step NAMESPACE spawning \S+: Permission denied/,
    cause:
      "The container has SYS_ADMIN, so systemd sets up the sandboxes of units, and AppArmor denies their mounts: such units fail with 226.",
    fix: "Leave out SYS_ADMIN: systemd then skips the sandboxes. Where it is needed add `apparmor=unconfined`. LXC: `security.nesting=true`.",
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
      "An unprivileged container cannot give the sandbox that a unit asks for, and systemd before 244 then fails the unit. Lines on devices.allow are harmless.",
    fix: "Use an image with systemd 244 or newer. Otherwise mask the unit (systemd-logind), or reset its sandbox options in a drop-in.",
    versions: "systemd below 244",
    source: "systemd/systemd#13955, freeipa/freeipa-container#306",
  },
  {
    id: "namespace-refused",
    kind: "cause",
    line: refusedSandbox,
    cause:
      "A unit insists on a sandbox that an unprivileged container cannot give: DynamicUser=, TemporaryFileSystem=, RootDirectory=, or BindPaths= to another place.",
    fix: "Do without that option in the unit, or reset it in a drop-in.",
    source: `${everyVersion}; systemd/systemd#29860, #13622, #13955`,
  },
  {
    id: "namespace-other",
    kind: "cause",
    line: /Failed to set up mount namespacing: |Failed at step NAMESPACE spawning \S+: /,
    cause: "A unit's sandbox could not be set up. Why this error comes in a container is not known.",
    fix: "Reset the unit's sandbox options in a drop-in, one after another, to see which it is (PrivateTmp=no, ProtectSystem=no …).",
    source: "systemd.exec(5), sandboxing",
  },
  {
    id: "namespace-226",
    kind: "follow-up",
    line: /status=226\/NAMESPACE/,
    cause:
      "A unit's sandbox could not be set up: SYS_ADMIN under AppArmor, or options that an unprivileged container cannot give.",
    fix: `Leave out SYS_ADMIN. Otherwise: ${dropIn}`,
    rules: confined,
    ambiguous: true,
    source: exitCodes,
  },
];

/** Credentials of a unit (LoadCredential=, ImportCredential=), by the error. */
const credentialRows: readonly Row[] = [
  {
    id: "credentials-missing",
    kind: "cause",
    line: /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): No such file or directory/,
    cause: "A unit loads a credential (LoadCredential=) from a file that is not in the container.",
    fix: "Put the file into the image or mount it, or drop the line.",
    source: everyVersion,
  },
  {
    id: "credentials-kernel",
    kind: "cause",
    when: ({ systemdVersion }) => systemdVersion !== undefined && systemdVersion >= 259,
    line: invalidCredentials,
    cause:
      "This systemd mounts credentials with options that the host's kernel does not know: tmpfs `noswap` (Linux 6.4), else nosymfollow (5.14).",
    fix: "Use a host with a newer kernel, or an image with an older systemd or one that is fixed. Under qemu-user: an image of the host's architecture.",
    versions: "systemd 259 and 260 on an old kernel",
    source: "systemd/systemd#41311, canonical/lxd#17073",
  },
  {
    id: "credentials-emulated",
    kind: "cause",
    when: ({ systemdVersion }) => systemdVersion !== undefined && systemdVersion < 259,
    line: invalidCredentials,
    cause:
      "The mount calls for a unit's credentials are not known: most often the image is of another architecture and runs under qemu-user.",
    fix: "Use an image for the host's architecture (`--platform linux/amd64` or `linux/arm64`). No other flag changes it.",
    source: "systemd/systemd#34809",
  },
  {
    id: "credentials-invalid",
    kind: "cause",
    line: invalidCredentials,
    cause:
      "The kernel rejects the mount for a unit's credentials: systemd 260 on a kernel before 6.4, or an image of another architecture under qemu-user.",
    fix: "Use a host with a newer kernel or an image with an older systemd; run an image of the host's architecture. No other flag changes it.",
    source: "systemd/systemd#41311, #34809",
  },
  {
    id: "credentials-unsupported",
    kind: "cause",
    line: /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): Function not implemented/,
    cause:
      "The system calls that mount a unit's credentials are missing: the kernel or the engine's seccomp profile is too old, or qemu-user emulates them.",
    fix: "Update the engine (runc, libseccomp) and the host's kernel, or run an image of the host's architecture.",
    source: "systemd src/core/exec-credential.c",
  },
  {
    id: "credentials-denied",
    kind: "cause",
    line: /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): (?:Permission denied|Operation not permitted)/,
    cause:
      "Credentials of a unit are refused: the container has SYS_ADMIN and AppArmor denies the mount, or the file of LoadCredential= is not readable.",
    fix: "Leave out SYS_ADMIN: systemd then keeps credentials in a directory. LXC: `security.nesting=true`. See that root can read the file.",
    rules: confined,
    ambiguous: true,
    source: "systemd src/core/exec-credential.c; canonical/lxd#17073",
  },
  {
    id: "credentials-other",
    kind: "cause",
    line: /(?:Failed to set up credentials|Failed at step CREDENTIALS spawning \S+): (?!Protocol error)/,
    cause: "A unit's credentials could not be set up. Why this error comes in a container is not known.",
    fix: "Reset `ImportCredential=` and `LoadCredential=` of the unit in a drop-in to see which it is.",
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
      "A unit's credentials could not be set up: a file that LoadCredential= names is not there, or the mounts are refused half-way (AppArmor, or an old kernel under a new systemd).",
    fix: "See that the file is there. Otherwise leave out SYS_ADMIN, or reset `ImportCredential=` and `LoadCredential=` of the unit in a drop-in.",
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
    cause: "A unit asks for a private user namespace (PrivateUsers=), which the container cannot create.",
    fix: "`PrivateUsers=no` in a drop-in of the unit.",
    source: everyVersion,
  },
  {
    id: "network-namespace",
    kind: "cause",
    line: /status=225\/NETWORK|Failed to set up network namespacing: Operation not permitted/,
    cause: "A unit asks for a private network (PrivateNetwork=), which the container cannot create.",
    fix: "`PrivateNetwork=no` in a drop-in of the unit.",
    source: "systemd/systemd#14970",
  },
  ...credentialRows,
  {
    id: "capabilities",
    kind: "cause",
    line: /status=218\/CAPABILITIES|Failed at step CAPABILITIES/,
    cause: "A unit asks for capabilities that the container does not have.",
    fix: "Add the capability that the unit's AmbientCapabilities= or CapabilityBoundingSet= names, or drop that line.",
    rules: ["run-capability-missing"],
    source: exitCodes,
  },
  {
    id: "unit-cgroup-v1",
    kind: "cause",
    when: ({ facts }) => facts?.cgroupVersion === 1,
    line: /status=219\/CGROUP\b/,
    cause:
      "A unit could not be put into its control group. Containers on a host with cgroup v1 share its tree, and one removes groups of another.",
    fix: "Use a host with cgroup v2 and a private cgroup namespace. On cgroup v1 start the containers one after another.",
    source: "systemd/systemd#20939",
  },
  {
    id: "unit-cgroup",
    kind: "cause",
    line: /status=219\/CGROUP\b/,
    cause: "A unit could not be put into its control group.",
    fix: "Start the container with {cgroup}.",
    rules: ["run-cgroup-writable", "run-cgroup-namespace"],
    source: exitCodes,
  },
];
