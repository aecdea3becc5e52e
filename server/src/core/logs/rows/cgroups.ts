import type { Circumstances, Row } from "../row";

/** What keeps PID 1 from its control groups. */

const remapped = ({ facts }: Circumstances) => facts?.usernsRemap === true;
const rootless = ({ facts }: Circumstances) => facts?.rootless === true;
const rootlessDocker = ({ facts }: Circumstances) => facts?.engine === "docker" && facts.rootless === true;
const byPodman = ({ facts }: Circumstances) => facts?.engine === "podman";

/** The rules that find a read-only cgroup tree. */
export const readOnlyTree = ["run-cgroup-writable", "run-cgroup-read-only", "image-run-flags"];
export const olderImage =
  "Use a newer release of the base image, or a host with cgroup v1; no flag changes it.";

/** In the words of every version; systemd up to 225 speaks of the root. */
const readOnlyGroup =
  /Failed to create (?:\S*\/init\.scope control group|root cgroup hierarchy): Read-only file system/;
const deniedGroup =
  /Failed to create (?:\S*\/init\.scope control group|root cgroup hierarchy): Permission denied/;

/** Told by PID 1's own control group as well. */
export const takeover: Row = {
  id: "cgroup-takeover",
  kind: "cause",
  line: /Failed to establish (?:memory|cpu|io) pressure event source, ignoring: Protocol driver not attached|Failed to attach 1 to compat systemd cgroup '?\/init\.scope'?.*No such file or directory/,
  cause:
    "PID 1 left its own control group for the host's root: the host's cgroup tree is mounted while the container has a cgroup namespace of its own.",
  fix: "Start it with {cgroup}, not with the bind alone.",
  rules: ["run-cgroup-namespace"],
  source: "measured: Docker 20.10, 26.1 and 28.5 on a cgroup v2 without nsdelegate, systemd 252 to 262",
};

const rootlessDenied =
  "A rootless engine started it, and the control group that it was started in is not delegated to its user: PID 1 cannot write there.";
const rootlessFix =
  "Use a host with cgroup v2. Otherwise `loginctl enable-linger` and a start from a login session (ssh, not su or sudo), or a rootful engine.";

export const cgroupRows: readonly Row[] = [
  {
    id: "cgroup-read-only-kubernetes",
    kind: "cause",
    fatal: true,
    line: /Failed to create \/kubepods\S*\/init\.scope control group: Read-only file system|\[pod\/\S{1,200}\] .{0,100}Failed to create \/init\.scope control group: Read-only file system/,
    cause: "Kubernetes mounts the container's cgroup tree read-only.",
    fix: "Use a runtime class with `cgroup_writable = true` (containerd 2.1 or newer), or CRI-O 1.32 or newer, with `hostUsers: false`.",
    source: "freeipa/freeipa-container, its tests on Kubernetes; containerd 2.1 release notes",
  },
  {
    id: "cgroup-read-only-podman",
    kind: "cause",
    fatal: true,
    when: byPodman,
    line: readOnlyGroup,
    cause:
      "The container's cgroup tree is read-only: Podman does not know that the container boots systemd, or /sys/fs/cgroup is mounted with `:ro`.",
    fix: "Start it with {cgroup}, and without a mount of /sys/fs/cgroup.",
    rules: ["run-podman-systemd", ...readOnlyTree],
    source: "containers/podman docs/source/markdown/options/systemd.md",
  },
  {
    id: "cgroup-read-only-rootless",
    kind: "cause",
    fatal: true,
    when: rootlessDocker,
    line: readOnlyGroup,
    cause: "Rootless Docker mounts the container's cgroup tree read-only and refuses `writable-cgroups`.",
    fix: "Start it with {cgroup}, under a delegated user slice (cgroup driver systemd, `loginctl enable-linger`), or use Podman.",
    rules: readOnlyTree,
    source: "freeipa/freeipa-container#581",
  },
  {
    id: "cgroup-read-only-root",
    kind: "cause",
    fatal: true,
    line: /Failed to create root cgroup hierarchy: Read-only file system/,
    cause: "systemd must create control groups, and the container has no cgroup tree that it can write to.",
    fix: "Start it with {cgroup}; `:ro` at /sys/fs/cgroup does not do.",
    rules: readOnlyTree,
    versions: "systemd up to 225",
    source: "freeipa/freeipa-container#56",
  },
  {
    id: "cgroup-read-only",
    kind: "cause",
    fatal: true,
    line: /Failed to create \/init\.scope control group: Read-only file system/,
    cause:
      "systemd must make control groups, and the container's cgroup tree is read-only: Docker mounts it so, and a bind with `:ro` does the same.",
    fix: "Start it with {cgroup}; drop a bind with `:ro`.",
    rules: readOnlyTree,
    source: "measured: Docker 20.10, 26.1 and 28.5, cgroup v2, systemd 247 to 262",
  },
  {
    id: "cgroup-read-only-host-path",
    kind: "cause",
    fatal: true,
    line: /Failed to create (?<group>\/\S+)\/init\.scope control group: Read-only file system/,
    cause:
      "systemd must make control groups below {group}, and the host's cgroup tree is mounted read-only, or only the engine's own read-only mount is there. Since Docker 25 `:ro` covers everything below, so it no longer boots on cgroup v1 either.",
    fix: "Start it with {cgroup}; `:ro` at /sys/fs/cgroup does not do.",
    rules: readOnlyTree,
    source: "measured: Docker 20.10, 26.1 and 28.5; since Docker 25 moby 5045a2de24",
  },
  {
    id: "cgroup-private-bind",
    kind: "cause",
    fatal: true,
    line: /Failed to create \/init\.scope control group: No such file or directory/,
    cause:
      "The host's cgroup tree is mounted, but the container has a cgroup namespace of its own: systemd's paths lead nowhere in the host's tree.",
    fix: "Start it with {cgroup}, not with the bind alone.",
    rules: ["run-cgroup-namespace", "run-cgroup-writable"],
    source: "measured: Docker 28.5, cgroup v2 with nsdelegate, systemd 247, 252 and 262",
  },
  {
    id: "cgroup-private-bind-247",
    kind: "cause",
    fatal: true,
    line: /Failed to determine supported controllers: No such file or directory/,
    cause:
      "The host's cgroup tree is mounted, but the container has a cgroup namespace of its own: systemd's paths lead nowhere in the host's tree.",
    fix: "Start it with {cgroup}, not with the bind alone.",
    rules: ["run-cgroup-namespace", "run-cgroup-writable"],
    versions: "systemd 247",
    source: "measured: Docker 20.10, 26.1 and 28.5, cgroup v2, systemd 247",
  },
  {
    id: "cgroup-host-without-bind",
    kind: "cause",
    fatal: true,
    line: /Failed to create (?<group>\/\S+)\/init\.scope control group: No such file or directory/,
    cause:
      "systemd looks for {group}, the host's path, and that is not in the container's cgroup tree: the host's namespace without the host's tree mounted.",
    fix: "Start it with {cgroup}: the namespace and the mount belong together.",
    rules: ["run-cgroup-writable", "run-cgroup-namespace"],
    source: "measured: Docker 20.10, 26.1 and 28.5, cgroup v1, systemd 252 and 257",
  },
  {
    id: "cgroup-userns",
    kind: "cause",
    fatal: true,
    when: remapped,
    line: /Failed to create \S*\/init\.scope control group: (?:Permission denied|Operation not permitted)|Failed to allocate manager object: Permission denied/,
    cause:
      "The engine remaps users, and the remapped root may not write to the container's cgroup tree. With the cgroup driver cgroupfs no flags make systemd boot there.",
    fix: "Drop a bind of /sys/fs/cgroup and keep the private cgroup namespace, with the cgroup driver systemd. Otherwise use {cgroup}.",
    rules: ["run-cgroup-writable"],
    source: "measured: Docker 28.5 with userns-remap and cgroupfs, cgroup v2, systemd 252",
  },
  {
    id: "not-root",
    kind: "cause",
    fatal: true,
    line: /(?:Cannot|Failed to) write \/run\/machine-id: Permission denied/,
    cause: "PID 1 does not run as root, so it can write neither to /run nor to its cgroup tree.",
    fix: "Let PID 1 run as root: no USER at the end of the image, no `user:` at the start.",
    rules: ["image-user-not-root", "run-user"],
    source: "measured: Docker 28.5, systemd 252 with USER nobody and with `user:`",
  },
  {
    id: "cgroup-rootless-v2",
    kind: "cause",
    fatal: true,
    unless: ["not-root"],
    when: (known) => rootless(known) && known.facts?.cgroupVersion === 2,
    line: deniedGroup,
    cause: rootlessDenied,
    fix: "Let the user's systemd delegate it: `loginctl enable-linger`, a start from a login session (ssh, not su or sudo), and the cgroup manager systemd.",
    source: "containers/podman#8545",
  },
  {
    id: "cgroup-rootless",
    kind: "cause",
    fatal: true,
    unless: ["not-root"],
    when: rootless,
    line: deniedGroup,
    cause: rootlessDenied,
    fix: rootlessFix,
    source: "containers/podman#6734, #8545",
  },
  {
    id: "cgroup-session",
    kind: "cause",
    fatal: true,
    unless: ["not-root"],
    // Only the engine of a user who logged in starts containers below the user's slice.
    line: /Failed to create \/user\.slice\/\S*\/init\.scope control group: Permission denied/,
    cause: rootlessDenied,
    fix: rootlessFix,
    source: "containers/podman#6734, #8545",
  },
  {
    id: "cgroup-denied",
    kind: "cause",
    fatal: true,
    unless: ["not-root"],
    line: deniedGroup,
    cause:
      "PID 1 may not write to its cgroup tree: a rootless engine without a delegated tree, a user that is not root, user namespaces, or SELinux.",
    fix: "Remapped users: no bind of /sys/fs/cgroup. Rootless: `loginctl enable-linger`. SELinux: `setsebool -P container_manage_cgroup 1`. Else run PID 1 as root.",
    rules: ["image-user-not-root", "run-user"],
    ambiguous: true,
    source: "containers/podman#8545, freeipa/freeipa-container#481",
  },
  {
    id: "cgroup-owner",
    kind: "cause",
    fatal: true,
    line: /Failed to create \S*\/init\.scope control group: Operation not permitted/,
    cause: "The container's cgroup tree belongs to another user namespace, so its root may not write to it.",
    fix: "Let the engine hand the tree to the container's user namespace (a delegated scope with its owner changed).",
    source: "systemd/systemd#19740",
  },
  {
    id: "cgroup-force-v1",
    kind: "cause",
    fatal: true,
    line: /mount `cgroup` to `\/sys\/fs\/cgroup\/systemd`: Operation not permitted/,
    cause:
      "crun was asked for cgroup v1 (annotation run.oci.systemd.force_cgroup_v1) on a host that does not have it.",
    fix: olderImage,
    rules: ["image-cgroup-version"],
    source: "containers/crun#696",
  },
  {
    id: "cgroup-partial",
    kind: "cause",
    fatal: true,
    line: /error mounting "[^"]*" to rootfs at "(?<path>\/sys\/fs\/cgroup\/[^"]+)"/,
    cause:
      "Only a piece of the cgroup tree is mounted, on {path}, which is not there in the container's own tree, and that is read-only.",
    fix: "Drop the mount of {path}; start it with {cgroup}.",
    rules: ["run-cgroup-partial"],
    source: "measured: Docker 28.5, cgroup v2",
  },
  {
    id: "cgroup-unknown",
    kind: "cause",
    fatal: true,
    line: /Cannot determine cgroup we are running in: No such file or directory/,
    cause:
      "systemd finds no hierarchy of its own: systemd 229 and older on a host with cgroup v2, or a host with cgroup v1 that does not run systemd itself.",
    fix: "Use a newer release of the base image; on a host with cgroup v1 mount the hierarchy name=systemd.",
    rules: ["image-cgroup-version"],
    versions: "systemd up to 229",
    source: "rancher-sandbox/rancher-desktop#1132, lxc/lxd#9228",
  },
  {
    id: "cgroup-v1-removed",
    kind: "cause",
    fatal: true,
    line: /Detected unsupported legacy cgroup hierarchy, refusing execution|Detected cgroup v1 hierarchy at \/sys\/fs\/cgroup\/?, which is no longer supported/,
    cause: "The host has cgroup v1, which systemd 258 removed.",
    fix: "Use a host with cgroup v2, or an image with systemd 257 or older; no flag changes it.",
    rules: ["image-cgroup-version"],
    versions: "systemd from 258",
    source: "measured: Docker 20.10, 26.1 and 28.5, cgroup v1, systemd 262",
  },
  {
    id: "cgroup-v1-refused",
    kind: "cause",
    fatal: true,
    line: /Refusing to run under cgroup v1, SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1 not specified/,
    cause:
      "The host has cgroup v1, and systemd does not know that it is in a container, where it would follow the host.",
    fix: "Start it with {env}, or use a host with cgroup v2.",
    rules: ["image-container-env", "run-container-env", "image-container-env-value", "image-cgroup-version"],
    versions: "systemd 256 and 257",
    source: "systemd v256 src/core/main.c",
  },
  {
    id: "cgroup-v1-delay",
    kind: "cause",
    line: /Legacy cgroup v1 support selected\. This is no longer supported\. Will proceed anyway after 30s/,
    cause: "The host has cgroup v1, which this systemd is about to give up: it waits before it boots.",
    fix: "Use a host with cgroup v2.",
    rules: ["image-cgroup-version"],
    versions: "systemd 256 and 257",
    source: "systemd v256 src/core/main.c, microsoft/WSL#11857",
  },
  {
    id: "cgroup-inotify",
    kind: "cause",
    fatal: true,
    line: /Failed to create control group inotify object: Too many open files|Failed to allocate manager object: Too many open files/,
    cause: "The host has no inotify instances left, which all containers of a user share.",
    fix: "On the host: `sysctl fs.inotify.max_user_instances=1024`; for many containers also fs.inotify.max_user_watches.",
    source: "systemd src/core/cgroup.c, eniocarboni/docker-ubuntu-systemd#3",
  },
  takeover,
];
