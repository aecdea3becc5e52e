import type { Row } from "../row";

const ignore = "Nothing is to be done.";

/** Lines that look like trouble and are none, in a container. */
export const harmlessRows: readonly Row[] = (
  [
    [
      "virtualization",
      /Detected virtualization /,
      "systemd knows where it runs.",
      "systemd src/basic/virt.c",
    ],
    [
      "kernel-baseline",
      /Reported kernel version \S+ is older than systemd's required baseline/,
      "The host's kernel is older than this systemd is made for; it boots all the same.",
      "seen with systemd 259",
    ],
    [
      "release-agent",
      /Failed to install release agent, ignoring/,
      "Only the host's systemd needs the release agent of cgroup v1.",
      "lxc/lxc#4072",
    ],
    [
      "datagram-queue",
      /Failed to read AF_UNIX datagram queue length, ignoring/,
      "A setting of the kernel is hidden from containers.",
      "containers/podman#1226",
    ],
    [
      "remaining-processes",
      /Couldn't move remaining userspace processes, ignoring|Failed to migrate controller cgroups from .*ignoring/,
      "Processes of another namespace stand in the same control group.",
      "systemd src/core/cgroup.c",
    ],
    [
      "compat-cgroup",
      /Failed to (?:attach 1 to|create) compat systemd cgroup/,
      "A host with both cgroup versions keeps a second tree that the container may not write to.",
      "systemd/systemd#6069",
    ],
    [
      "cgroup-attributes",
      /Failed to (?:set 'trusted\.invocation_id' xattr|set invocation ID|reset devices\.list|set devices\.allow|get cgroup ID)/,
      "Marks on control groups take SYS_ADMIN; systemd does without.",
      "systemd/systemd#29526; measured: Docker 20.10, systemd 257 and 262",
    ],
    [
      "controller-links",
      /Failed to create symlink \/sys\/fs\/cgroup\/\S+: File exists/,
      "The engine has made the links already.",
      "measured: Docker 20.10, 26.1 and 28.5, cgroup v1",
    ],
    [
      "libbpf",
      /Failed to open libbpf, cgroup BPF features disabled/,
      "Filters by BPF are optional.",
      "measured: systemd 257",
    ],
    [
      "shared-propagation",
      /Failed to set up the root directory for shared mount propagation/,
      "Only containers within the container would need it.",
      "measured: Docker 20.10, 26.1 and 28.5, systemd 247",
    ],
    [
      "masked-dependency",
      /Cannot add dependency job for unit \S+, ignoring: Unit \S+ is masked/,
      "The unit was masked on purpose.",
      "lxc/lxc#4072",
    ],
    [
      "policy-rc",
      /policy-rc\.d denied execution of|could not determine current runlevel/,
      "Debian does not start services while packages are installed.",
      "gdraheim/docker-systemctl-replacement#155",
    ],
    [
      "chroot",
      /Running in chroot, ignoring (?:command|request)/,
      "systemctl knows that it is in a build.",
      "systemd src/systemctl",
    ],
    [
      "fstab",
      /Running in a container, ignoring fstab device entry/,
      "Devices are the host's business.",
      "CentOS/sig-cloud-instance-images#55",
    ],
    [
      "machine-id",
      /Failed to mount (?:\S+ \([^)]*\) on )?\/etc\/machine-id\b.*: Operation not permitted/,
      "On a read-only root the id lasts only as long as the container.",
      "freeipa/freeipa-container#322",
    ],
    [
      "exiting-container",
      /Exiting container\./,
      "A halt, power-off or reboot inside has ended the container in order.",
      "systemd src/shutdown/shutdown.c",
    ],
  ] as const
).map(([id, line, cause, source]) => ({ id, kind: "harmless", line, cause, fix: ignore, source }));
