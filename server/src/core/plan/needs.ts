import { message } from "../base/message";
import type { SpecChange } from "../container/spec";
import type { EngineFacts } from "../engine";
import type { ImageFacts, Need } from "./types";

interface Workload {
  /** Matches the unit's name without its suffix. */
  readonly units: RegExp;
  readonly capabilities?: readonly string[];
  readonly devices?: readonly string[];
  readonly securityOptions?: readonly string[];
  readonly withheld?: boolean;
  readonly privileged?: boolean;
  /** Families whose packages of it do without. */
  readonly notIn?: readonly ImageFacts["family"][];
  readonly name: string;
  readonly why: string;
}

/** AppArmor's default profile denies every mount, whatever the capabilities. */
const mounting = { capabilities: ["SYS_ADMIN"], securityOptions: ["apparmor=unconfined"] };

/** Services that need more than an unprivileged container has. The first entry that matches a unit counts. */
const workloads: readonly Workload[] = [
  {
    units: /^(chrony|chronyd|ntp|ntpd|ntpsec|openntpd|ptp4l|phc2sys)$/,
    name: "clock",
    capabilities: ["SYS_TIME"],
    why: "{unit} sets the clock, which is the host's (without SYS_TIME: adjtimex fails). `chronyd -x` needs no capability.",
  },
  {
    units: /^(nfs-client|nfs-common|remote-fs|autofs|cifs-utils|nfs-blkmap)$|\.mount$|\.automount$/,
    name: "mount",
    ...mounting,
    why: "{unit} mounts file systems, which takes SYS_ADMIN and no AppArmor confinement. A volume of the engine needs neither.",
  },
  {
    units: /^(nfs-server|nfs-kernel-server)$/,
    name: "nfs-server",
    withheld: true,
    privileged: true,
    why: "{unit} is the kernel's NFS server: it needs a privileged container and the host's nfsd module. NFS-Ganesha serves without.",
  },
  {
    units: /^(rclone|sshfs|s3fs|gcsfuse|mergerfs|bindfs)([-@].*)?$/,
    name: "fuse",
    ...mounting,
    devices: ["/dev/fuse"],
    why: "{unit} mounts through FUSE, which takes /dev/fuse, SYS_ADMIN and no AppArmor confinement.",
  },
  {
    units: /^(docker|dockerd|containerd|k3s|k3s-agent|kubelet|rke2-server|rke2-agent|crio|snapd|lxd|incus)$/,
    name: "nested-engine",
    withheld: true,
    privileged: true,
    why: "{unit} runs containers or mounts of its own: it needs a privileged container, or a runtime made for it (Sysbox).",
  },
  {
    units:
      /^(lvm2-.*|blk-availability|dm-event|systemd-cryptsetup(@.*)?|iscsid|open-iscsi|multipathd|mdmonitor)$/,
    name: "block-devices",
    withheld: true,
    privileged: true,
    why: "{unit} works on block devices: it needs a privileged container and the host's devices.",
  },
  {
    units: /^(libvirtd|virtqemud|virtnetworkd)$/,
    name: "virtual-machines",
    capabilities: ["NET_ADMIN"],
    devices: ["/dev/kvm", "/dev/net/tun"],
    why: "{unit} runs virtual machines: it needs /dev/kvm, and NET_ADMIN with /dev/net/tun for their network.",
  },
  {
    // Measured: nft needs NET_ADMIN alone.
    units: /^(firewalld|nftables)$/,
    name: "nftables",
    capabilities: ["NET_ADMIN"],
    why: "{unit} writes packet filter rules, which takes NET_ADMIN.",
  },
  {
    units: /^(iptables|ip6tables|netfilter-persistent|ufw|fail2ban|shorewall|ferm)$/,
    name: "firewall",
    capabilities: ["NET_ADMIN", "NET_RAW"],
    why: "{unit} writes packet filter rules, which takes NET_ADMIN (and NET_RAW for legacy iptables).",
  },
  {
    units: /^keepalived$/,
    name: "keepalived",
    capabilities: ["NET_ADMIN", "NET_BROADCAST", "NET_RAW"],
    why: "{unit} moves addresses between hosts, which takes NET_ADMIN, NET_BROADCAST and NET_RAW.",
  },
  {
    units: /^(openvpn|openvpn-(server|client))(@.*)?$|^(tailscaled|zerotier-one|ocserv|openconnect|nebula)$/,
    name: "tunnel",
    capabilities: ["NET_ADMIN"],
    devices: ["/dev/net/tun"],
    why: "{unit} opens a tunnel, which takes NET_ADMIN and /dev/net/tun.",
  },
  {
    units: /^(wg-quick@.*|wireguard|wg-quick)$/,
    name: "wireguard",
    capabilities: ["NET_ADMIN"],
    why: "{unit} makes a WireGuard interface, which takes NET_ADMIN and WireGuard in the host's kernel.",
  },
  {
    units:
      /^(systemd-networkd|systemd-networkd-wait-online|NetworkManager|networking|wicked|wpa_supplicant)$/,
    name: "network-manager",
    withheld: true,
    why: "{unit} manages interfaces that belong to the engine: it needs NET_ADMIN and gains nothing. Mask it.",
  },
  {
    units: /^auditd$/,
    name: "audit",
    withheld: true,
    why: "{unit} needs the host's process and user namespaces: the kernel has one audit log for all. Mask it.",
  },
  {
    units: /^(isc-dhcp-server|dhcpd|kea-dhcp4-server|kea-dhcp4)$/,
    name: "raw-sockets",
    capabilities: ["NET_RAW"],
    why: "{unit} reads raw packets, which takes NET_RAW.",
  },
  {
    units: /^(ssh|sshd|ssh@.*|sshd@.*|cron|crond|cronie)$/,
    // Measured on Podman: Debian's sshd beside systemd 247 to 257 and its cron beside 252 open sessions without.
    notIn: ["debian", "ubuntu"],
    name: "audit-write",
    capabilities: ["AUDIT_WRITE"],
    why: "{unit} writes audit records when it opens a session, which takes AUDIT_WRITE (a default of Docker, not of Podman).",
  },
  {
    units: /^(vault|elasticsearch|opensearch)$/,
    name: "memory-lock",
    capabilities: ["IPC_LOCK"],
    why: "{unit} locks its memory, which takes IPC_LOCK.",
  },
];

/**
 * What services of a distribution's family need at run time beyond what an unprivileged container of every
 * engine has.
 */
export function needsOf(units: readonly string[], family?: ImageFacts["family"]): Need[] {
  return units.flatMap((unit) => {
    const found = workloads.find(({ units: pattern }) =>
      pattern.test(unit.replace(/\.(service|target)$/, "")),
    );
    if (!found || (family && found.notIn?.includes(family))) return [];
    const { capabilities = [], devices = [], securityOptions, withheld, privileged } = found;
    const reason = message(`need.${found.name}`, found.why, { unit });
    return [{ unit, capabilities, devices, securityOptions, withheld, privileged, reason }];
  });
}

/** What gives a container what a need asks for. */
export function stepsOf({ capabilities, devices, securityOptions = [] }: Need): SpecChange[] {
  return [
    ...capabilities.map((value): SpecChange => ({ do: "add", key: "capabilities", value })),
    ...devices.map((value): SpecChange => ({ do: "add", key: "devices", value })),
    ...securityOptions.map((value): SpecChange => ({ do: "add", key: "securityOptions", value })),
  ];
}

/** Of the capabilities that workloads ask for, those that an engine grants to every container. */
const granted: Readonly<Record<EngineFacts["engine"], ReadonlySet<string>>> = {
  docker: new Set(["NET_RAW", "AUDIT_WRITE"]),
  podman: new Set(),
};

/** The needs that are left on this engine, without what it grants by default; one that is met is gone. */
export function unmetNeeds(needs: readonly Need[], facts: EngineFacts): Need[] {
  return needs.flatMap((need) => {
    if (need.withheld) return [need];
    const capabilities = need.capabilities.filter((name) => !granted[facts.engine].has(name));
    const securityOptions = need.securityOptions?.filter(
      (option) => option !== "apparmor=unconfined" || facts.appArmor !== false,
    );
    if (capabilities.length === 0 && need.devices.length === 0) return [];
    return [{ ...need, capabilities, securityOptions }];
  });
}
