import type { Row } from "../row";
import { everyVersion, exitCodes } from "./programs";

/** What units ask the kernel for before their program starts, and a container may not. */

const confined = ["run-capability-unneeded"];
const dropIn = "Reset the sandbox options of the unit in a drop-in (PrivateTmp=no, ProtectSystem=no …).";

export const sandboxRows: readonly Row[] = [
  {
    id: "namespace-proc",
    kind: "cause",
    line: /Failed to set up mount namespacing: \/run\/systemd\/unit-root\/proc: Permission denied/,
    cause: "A unit asks for a /proc of its own (ProtectProc=, ProcSubset=), which AppArmor denies.",
    fix: "Reset ProtectProc= and ProcSubset= of the unit in a drop-in, or allow nesting in the container manager.",
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
      "A unit insists on a sandbox that an unprivileged container cannot give: DynamicUser=, TemporaryFileSystem=, RootDirectory=, or BindPaths= to another place.",
    fix: "Do without that option in the unit, or reset it in a drop-in.",
    source: `${everyVersion}; systemd/systemd#29860, #13622, #13955`,
  },
  {
    id: "namespace-226",
    kind: "follow-up",
    line: /status=226\/NAMESPACE|Failed at step NAMESPACE spawning/,
    cause:
      "A unit's sandbox could not be set up: SYS_ADMIN under AppArmor, or options that an unprivileged container cannot give.",
    fix: `Leave out SYS_ADMIN. Otherwise: ${dropIn}`,
    rules: confined,
    source: exitCodes,
  },
  {
    id: "user-namespace",
    kind: "cause",
    line: /Failed to set up user namespacing/,
    cause: "A unit asks for a user namespace of its own (PrivateUsers=), which the container may not make.",
    fix: "`PrivateUsers=no` in a drop-in of the unit.",
    source: everyVersion,
  },
  {
    id: "network-namespace",
    kind: "cause",
    line: /status=225\/NETWORK|Failed to set up network namespacing: Operation not permitted/,
    cause: "A unit asks for a network of its own (PrivateNetwork=), which the container may not make.",
    fix: "`PrivateNetwork=no` in a drop-in of the unit.",
    source: "systemd/systemd#14970",
  },
  {
    id: "credentials-missing",
    kind: "cause",
    line: /Failed to set up credentials: No such file or directory/,
    cause: "A unit loads a credential (LoadCredential=) from a file that is not in the container.",
    fix: "Put the file into the image or mount it, or drop the line.",
    source: everyVersion,
  },
  {
    id: "credentials",
    kind: "cause",
    unless: ["credentials-missing"],
    line: /status=243\/CREDENTIALS|Failed to set up credentials: |Failed at step CREDENTIALS/,
    cause:
      "A unit's credentials could not be set up: a file that LoadCredential= names is not there, or the mounts are refused half-way (AppArmor, or an old kernel under a new systemd).",
    fix: "See that the file is there. Otherwise leave out SYS_ADMIN, or reset `ImportCredential=` and `LoadCredential=` of the unit in a drop-in.",
    source:
      "lxc/lxd#17073, systemd/systemd#41311; measured: Docker 28.5 with SYS_ADMIN, systemd 247 to 257: a missing file is a protocol error",
  },
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
    id: "unit-cgroup",
    kind: "cause",
    line: /status=219\/CGROUP\b/,
    cause: "A unit could not be put into its control group.",
    fix: "Start the container with {cgroup}.",
    rules: ["run-cgroup-writable", "run-cgroup-namespace"],
    source: exitCodes,
  },
];
