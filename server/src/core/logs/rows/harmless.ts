import type { Row } from "../row";

const ignore = "No action is needed.";

/** Lines that look like errors but are harmless in a container. */
export const harmlessRows: readonly Row[] = (
  [
    [
      "virtualization",
      /Detected virtualization /,
      "systemd detects the virtualization.",
      "systemd src/basic/virt.c",
    ],
    [
      "kernel-baseline",
      /Reported kernel version \S+ is older than systemd's required baseline/,
      "This version of systemd officially requires a newer kernel than the host's, but it boots anyway.",
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
      "A kernel setting is hidden from containers.",
      "containers/podman#1226",
    ],
    [
      "remaining-processes",
      /Couldn't move remaining userspace processes, ignoring|Failed to migrate controller cgroups from .*ignoring/,
      "Processes from another namespace are in the same cgroup.",
      "systemd src/core/cgroup.c",
    ],
    [
      "compat-cgroup",
      /Failed to (?:attach 1 to|create) compat systemd cgroup/,
      "A host with both cgroup versions has a second tree that the container cannot write to.",
      "systemd/systemd#6069",
    ],
    [
      "cgroup-attributes",
      /Failed to (?:set 'trusted\.invocation_id' xattr|set invocation ID|reset devices\.list|set devices\.allow|get cgroup ID)/,
      "Attributes on cgroups require SYS_ADMIN; systemd works without them.",
      "systemd/systemd#29526; measured: Docker 20.10, systemd 257 and 262",
    ],
    [
      "controller-links",
      /Failed to create symlink \/sys\/fs\/cgroup\/\S+: File exists/,
      "The engine has already created the links.",
      "measured: Docker 20.10, 26.1 and 28.5, cgroup v1",
    ],
    [
      "libbpf",
      /Failed to open libbpf, cgroup BPF features disabled/,
      "BPF filters are optional.",
      "measured: systemd 257",
    ],
    [
      "shared-propagation",
      /Failed to set up the root directory for shared mount propagation/,
      "Only nested containers need shared mount propagation.",
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
      "Debian does not start services during package installation.",
      "gdraheim/docker-systemctl-replacement#155",
    ],
    [
      "chroot",
      /Running in chroot, ignoring (?:command|request)/,
      "systemctl detects that it runs in a build.",
      "systemd src/systemctl",
    ],
    [
      "fstab",
      /Running in a container, ignoring fstab device entry/,
      "The host manages devices.",
      "CentOS/sig-cloud-instance-images#55",
    ],
    [
      "machine-id",
      /Failed to mount (?:\S+ \([^)]*\) on )?\/etc\/machine-id\b.*: Operation not permitted/,
      "With a read-only root, the machine ID is lost when the container stops.",
      "freeipa/freeipa-container#322",
    ],
    [
      "exiting-container",
      /Exiting container\./,
      "The container exited cleanly after a halt, power-off or reboot.",
      "systemd src/shutdown/shutdown.c",
    ],
  ] as const
).map(([id, line, cause, source]) => ({ id, kind: "harmless", line, cause, fix: ignore, source }));
