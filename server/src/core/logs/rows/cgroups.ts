import type { Circumstances, Row } from "../row";

/** Cases in which PID 1 fails to use its cgroups. */

const remapped = ({ facts }: Circumstances) => facts?.usernsRemap === true;
const rootless = ({ facts }: Circumstances) => facts?.rootless === true;
const rootlessDocker = ({ facts }: Circumstances) => facts?.engine === "docker" && facts.rootless === true;
const byPodman = ({ facts }: Circumstances) => facts?.engine === "podman";

/** The rules that detect a read-only cgroup tree. */
export const readOnlyTree = ["run-cgroup-writable", "run-cgroup-read-only", "image-run-flags"];
export const olderImage =
  "Use a newer release of the base image, or a host with cgroup v1. No flag can change this.";

/** The wording of all versions; systemd up to 225 writes "root cgroup hierarchy". */
const readOnlyGroup =
  /Failed to create (?:\S*\/init\.scope control group|root cgroup hierarchy): Read-only file system/;
const deniedGroup =
  /Failed to create (?:\S*\/init\.scope control group|root cgroup hierarchy): Permission denied/;

/** This takeover can also be detected from PID 1's cgroup. */
export const takeover: Row = {
  id: "cgroup-takeover",
  kind: "cause",
  line: /Failed to establish (?:memory|cpu|io) pressure event source, ignoring: Protocol driver not attached|Failed to attach 1 to compat systemd cgroup '?\/init\.scope'?.*No such file or directory/,
  cause:
    "PID 1 moved from its own cgroup to the host's root cgroup: the host's cgroup tree is mounted, but the container has a private cgroup namespace.",
  fix: "Start the container with {cgroup}; the bind mount alone is not enough.",
  rules: ["run-cgroup-namespace"],
  source: "measured: Docker 20.10, 26.1 and 28.5 on cgroup v2 without nsdelegate, systemd 252 to 262",
};

const rootlessDenied =
  "A rootless engine started the container in a cgroup that is not delegated to the user, so PID 1 cannot write to it.";
const rootlessFix =
  "Use a host with cgroup v2. Otherwise run `loginctl enable-linger` and start the container from a login session (ssh, not su or sudo), or use a rootful engine.";

export const cgroupRows: readonly Row[] = [
  {
    id: "cgroup-read-only-kubernetes",
    kind: "cause",
    fatal: true,
    line: /Failed to create \/kubepods\S*\/init\.scope control group: Read-only file system|\[pod\/\S{1,200}\] .{0,100}Failed to create \/init\.scope control group: Read-only file system/,
    cause: "Kubernetes mounts the container's cgroup tree read-only.",
    fix: "Set `hostUsers: false` in the pod. With containerd (2.1 or later), also use a runtime class with `cgroup_writable = true`; with CRI-O, use 1.32 or later.",
    source: "freeipa/freeipa-container (Kubernetes tests), containerd 2.1 release notes",
  },
  {
    id: "cgroup-read-only-podman",
    kind: "cause",
    fatal: true,
    when: byPodman,
    line: readOnlyGroup,
    cause:
      "The container's cgroup tree is read-only: Podman did not enable systemd mode, or /sys/fs/cgroup is mounted with `:ro`.",
    fix: "Start the container with {cgroup}, without a mount on /sys/fs/cgroup.",
    rules: ["run-podman-systemd", ...readOnlyTree],
    source: "containers/podman docs/source/markdown/options/systemd.md",
  },
  {
    id: "cgroup-read-only-rootless",
    kind: "cause",
    fatal: true,
    when: rootlessDocker,
    line: readOnlyGroup,
    cause: "Rootless Docker mounts the container's cgroup tree read-only and rejects `writable-cgroups`.",
    fix: "Start the container with {cgroup}, under a delegated user slice (systemd cgroup driver, `loginctl enable-linger`), or use Podman.",
    rules: readOnlyTree,
    source: "freeipa/freeipa-container#581",
  },
  {
    id: "cgroup-read-only-root",
    kind: "cause",
    fatal: true,
    line: /Failed to create root cgroup hierarchy: Read-only file system/,
    cause: "systemd must create cgroups, but the container has no writable cgroup tree.",
    fix: "Start the container with {cgroup}; /sys/fs/cgroup with `:ro` is not enough.",
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
      "systemd must create cgroups, but the container's cgroup tree is read-only. This is Docker's default; a bind mount with `:ro` has the same effect.",
    fix: "Start the container with {cgroup}, and remove read-only (`:ro`) bind mounts of /sys/fs/cgroup.",
    rules: readOnlyTree,
    source: "measured: Docker 20.10, 26.1 and 28.5, cgroup v2, systemd 247 to 262",
  },
  {
    id: "cgroup-read-only-host-path",
    kind: "cause",
    fatal: true,
    line: /Failed to create (?<group>\/\S+)\/init\.scope control group: Read-only file system/,
    cause:
      "systemd must create cgroups below {group}, but the cgroup tree is mounted read-only, by the engine or with `:ro`. Since Docker 25, `:ro` also covers submounts, so systemd fails on cgroup v1 too.",
    fix: "Start the container with {cgroup}; /sys/fs/cgroup with `:ro` is not enough.",
    rules: readOnlyTree,
    source: "measured: Docker 20.10, 26.1 and 28.5; since Docker 25 moby 5045a2de24",
  },
  {
    id: "cgroup-private-bind",
    kind: "cause",
    fatal: true,
    line: /Failed to create \/init\.scope control group: No such file or directory/,
    cause:
      "The host's cgroup tree is mounted, but the container has a private cgroup namespace, so systemd's paths do not exist in the host's tree.",
    fix: "Start the container with {cgroup}; the bind mount alone is not enough.",
    rules: ["run-cgroup-namespace", "run-cgroup-writable"],
    source: "measured: Docker 28.5, cgroup v2 with nsdelegate, systemd 247, 252 and 262",
  },
  {
    id: "cgroup-private-bind-247",
    kind: "cause",
    fatal: true,
    line: /Failed to determine supported controllers: No such file or directory/,
    cause:
      "The host's cgroup tree is mounted, but the container has a private cgroup namespace, so systemd's paths do not exist in the host's tree.",
    fix: "Start the container with {cgroup}; the bind mount alone is not enough.",
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
      "systemd looks for {group}, which the container's cgroup tree does not contain: the host's cgroup namespace is used without the host's cgroup tree.",
    fix: "Start the container with {cgroup}. Use the host's namespace only together with the host's tree.",
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
      "The engine remaps users, and the remapped root cannot write to the container's cgroup tree. With the cgroupfs cgroup driver, systemd cannot boot, whatever flags are used.",
    fix: "Use the systemd cgroup driver with a private cgroup namespace, and remove bind mounts of /sys/fs/cgroup. Otherwise use {cgroup}.",
    rules: ["run-cgroup-writable"],
    source: "measured: Docker 28.5 with userns-remap and cgroupfs, cgroup v2, systemd 252",
  },
  {
    id: "not-root",
    kind: "cause",
    fatal: true,
    line: /(?:Cannot|Failed to) write \/run\/machine-id: Permission denied/,
    cause: "PID 1 does not run as root, so it cannot write to /run or to its cgroup tree.",
    fix: "Run PID 1 as root: remove the last USER from the image, or `user:` from the service.",
    rules: ["image-user-not-root", "run-user"],
    source: "measured: Docker 28.5, systemd 252 with USER and with `user:`",
  },
  {
    id: "cgroup-rootless-v2",
    kind: "cause",
    fatal: true,
    unless: ["not-root"],
    when: (known) => rootless(known) && known.facts?.cgroupVersion === 2,
    line: deniedGroup,
    cause: rootlessDenied,
    fix: "Let the user's systemd delegate the cgroup: run `loginctl enable-linger`, use the systemd cgroup manager, and start the container from a login session (ssh, not su or sudo).",
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
    // Only the engine of a logged-in user starts containers below that user's slice.
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
      "PID 1 cannot write to its cgroup tree: it does not run as root, users are remapped, a rootless engine's tree is not delegated, or SELinux denies access.",
    fix: "Remapped users: remove the bind mount of /sys/fs/cgroup. Rootless: run `loginctl enable-linger`. SELinux: run `setsebool -P container_manage_cgroup 1`. Otherwise run PID 1 as root.",
    rules: ["image-user-not-root", "run-user"],
    ambiguous: true,
    source: "containers/podman#8545, freeipa/freeipa-container#481",
  },
  {
    id: "cgroup-owner",
    kind: "cause",
    fatal: true,
    line: /Failed to create \S*\/init\.scope control group: Operation not permitted/,
    cause:
      "The container's cgroup tree belongs to another user namespace, so root in the container cannot write to it.",
    fix: "Make the engine delegate the tree to the container's user namespace (a delegated scope owned by the container's root user).",
    source: "systemd/systemd#19740",
  },
  {
    id: "cgroup-force-v1",
    kind: "cause",
    fatal: true,
    line: /mount `cgroup` to `\/sys\/fs\/cgroup\/systemd`: Operation not permitted/,
    cause:
      "crun is configured for cgroup v1 (annotation run.oci.systemd.force_cgroup_v1), but the host does not provide it.",
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
      "Only part of the cgroup tree is mounted, on {path}, which does not exist in the container's read-only tree.",
    fix: "Remove the mount of {path}, and start the container with {cgroup}.",
    rules: ["run-cgroup-partial"],
    source: "measured: Docker 28.5, cgroup v2",
  },
  {
    id: "cgroup-unknown",
    kind: "cause",
    fatal: true,
    line: /Cannot determine cgroup we are running in: No such file or directory/,
    cause:
      "systemd cannot find its cgroup hierarchy: version 229 or older runs on a cgroup v2 host, or the host uses cgroup v1 and does not run systemd.",
    fix: "Use a newer release of the base image. On a cgroup v1 host, mount the name=systemd hierarchy.",
    rules: ["image-cgroup-version"],
    versions: "systemd up to 229",
    source: "rancher-sandbox/rancher-desktop#1132, lxc/lxd#9228",
  },
  {
    id: "cgroup-v1-removed",
    kind: "cause",
    fatal: true,
    line: /Detected unsupported legacy cgroup hierarchy, refusing execution|Detected cgroup v1 hierarchy at \/sys\/fs\/cgroup\/?, which is no longer supported/,
    cause: "The host uses cgroup v1, which systemd 258 and later do not support.",
    fix: "Use a host with cgroup v2, or an image with systemd 257 or older. No flag can change this.",
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
      "The host uses cgroup v1. This version of systemd supports it only in a container, but does not detect that it is running in one.",
    fix: "Start the container with {env}, or use a host with cgroup v2.",
    rules: ["image-container-env", "run-container-env", "image-container-env-value", "image-cgroup-version"],
    versions: "systemd 256 and 257",
    source: "systemd v256 src/core/main.c",
  },
  {
    id: "cgroup-v1-delay",
    kind: "cause",
    line: /Legacy cgroup v1 support selected\. This is no longer supported\. Will proceed anyway after 30s/,
    cause:
      "The host uses cgroup v1. This version of systemd deprecates it and delays the boot by 30 seconds.",
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
    cause: "The host has no inotify instances left; all of a user's containers share the limit.",
    fix: "Run `sysctl fs.inotify.max_user_instances=1024` on the host. For many containers, raise fs.inotify.max_user_watches as well.",
    source: "systemd src/core/cgroup.c, eniocarboni/docker-ubuntu-systemd#3",
  },
  takeover,
];
