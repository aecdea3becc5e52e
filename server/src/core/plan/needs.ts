import { message } from "../base/message";
import type { SpecChange } from "../container/spec";
import type { EngineFacts } from "../engine";
import type { ImageFacts, Need } from "./types";

interface Workload {
  /** Matches the name of a unit without its suffix. */
  readonly units: RegExp;
  readonly capabilities?: readonly string[];
  readonly devices?: readonly string[];
  readonly securityOptions?: readonly string[];
  readonly withheld?: boolean;
  readonly privileged?: boolean;
  /** Families whose packages do not need this. */
  readonly notIn?: readonly ImageFacts["family"][];
  readonly name: string;
  readonly why: string;
}

/** AppArmor's default profile denies every mount, regardless of capabilities. */
const mounting = { capabilities: ["SYS_ADMIN"], securityOptions: ["apparmor=unconfined"] };

/** Where engines store their layers. The overlay file system of a container cannot be used for that. */
const dataDirectories: Readonly<Record<string, string>> = {
  docker: "/var/lib/docker",
  dockerd: "/var/lib/docker",
  containerd: "/var/lib/containerd",
  buildkit: "/var/lib/buildkit",
  buildkitd: "/var/lib/buildkit",
  k3s: "/var/lib/rancher",
  "k3s-agent": "/var/lib/rancher",
  "rke2-server": "/var/lib/rancher",
  "rke2-agent": "/var/lib/rancher",
  kubelet: "/var/lib/kubelet",
  crio: "/var/lib/containers",
  lxd: "/var/lib/lxd",
  incus: "/var/lib/incus",
};

/** Services that need more than an unprivileged container has. The first entry that matches a unit applies. */
const workloads: readonly Workload[] = [
  {
    units: /^(chrony|chronyd|ntp|ntpd|ntpsec|openntpd|ptp4l|phc2sys)$/,
    name: "clock",
    capabilities: ["SYS_TIME"],
    why: "{unit} sets the host's clock, which requires SYS_TIME (adjtimex fails without it). `chronyd -x` needs no capability.",
  },
  {
    units: /^(mount|nfs-client|nfs-common|remote-fs|autofs|cifs-utils|nfs-blkmap)$|\.mount$|\.automount$/,
    name: "mount",
    ...mounting,
    why: "{unit} mounts file systems, which requires SYS_ADMIN and no AppArmor confinement. Volumes mounted by the engine need no privileges.",
  },
  {
    units: /^(nfs-server|nfs-kernel-server)$/,
    name: "nfs-server",
    withheld: true,
    privileged: true,
    why: "{unit} is the kernel's NFS server: it needs a privileged container and the host's nfsd module. NFS-Ganesha needs neither.",
  },
  {
    units: /^(rclone|sshfs|s3fs|gcsfuse|mergerfs|bindfs)([-@].*)?$/,
    name: "fuse",
    ...mounting,
    devices: ["/dev/fuse"],
    why: "{unit} mounts file systems through FUSE, which requires /dev/fuse, SYS_ADMIN and no AppArmor confinement.",
  },
  {
    units:
      /^(docker|dockerd|containerd|buildkit|buildkitd|k3s|k3s-agent|kubelet|rke2-server|rke2-agent|crio|lxd|incus)$/,
    name: "nested-engine",
    withheld: true,
    privileged: true,
    why: "{unit} runs containers: use Sysbox, or privileged mode (private cgroup namespace, no cgroup mount, masked gettys and udev, volume on {directory}).",
  },
  {
    units: /^snapd$/,
    name: "snaps",
    withheld: true,
    privileged: true,
    why: "{unit} mounts file system images: it needs a privileged container, or a runtime such as Sysbox.",
  },
  {
    units:
      /^(lvm2-.*|blk-availability|dm-event|systemd-cryptsetup(@.*)?|iscsid|open-iscsi|multipathd|mdmonitor)$/,
    name: "block-devices",
    withheld: true,
    privileged: true,
    why: "{unit} manages block devices: it needs a privileged container and the host's devices.",
  },
  {
    units: /^(libvirtd|virtqemud|virtnetworkd)$/,
    name: "virtual-machines",
    capabilities: ["NET_ADMIN"],
    devices: ["/dev/kvm", "/dev/net/tun"],
    why: "{unit} runs virtual machines: it needs /dev/kvm, and NET_ADMIN with /dev/net/tun for their network.",
  },
  {
    // Measured: nft only needs NET_ADMIN.
    units: /^(firewalld|nftables)$/,
    name: "nftables",
    capabilities: ["NET_ADMIN"],
    why: "{unit} writes packet filter rules, which requires NET_ADMIN.",
  },
  {
    units: /^(iptables|ip6tables|netfilter-persistent|ufw|fail2ban|shorewall|ferm)$/,
    name: "firewall",
    capabilities: ["NET_ADMIN", "NET_RAW"],
    why: "{unit} writes packet filter rules, which requires NET_ADMIN (and NET_RAW for legacy iptables).",
  },
  {
    units: /^keepalived$/,
    name: "keepalived",
    capabilities: ["NET_ADMIN", "NET_BROADCAST", "NET_RAW"],
    why: "{unit} moves addresses between hosts, which requires NET_ADMIN, NET_BROADCAST and NET_RAW.",
  },
  {
    units: /^(openvpn|openvpn-(server|client))(@.*)?$|^(tailscaled|zerotier-one|ocserv|openconnect|nebula)$/,
    name: "tunnel",
    capabilities: ["NET_ADMIN"],
    devices: ["/dev/net/tun"],
    why: "{unit} opens a tunnel, which requires NET_ADMIN and /dev/net/tun.",
  },
  {
    units: /^(wg-quick@.*|wireguard|wg-quick)$/,
    name: "wireguard",
    capabilities: ["NET_ADMIN"],
    why: "{unit} creates a WireGuard interface, which requires NET_ADMIN and WireGuard in the host's kernel.",
  },
  {
    units:
      /^(systemd-networkd|systemd-networkd-wait-online|NetworkManager|networking|wicked|wpa_supplicant)$/,
    name: "network-manager",
    withheld: true,
    why: "{unit} manages interfaces that belong to the engine: it needs NET_ADMIN and is not useful in a container. Mask it.",
  },
  {
    units: /^auditd$/,
    name: "audit",
    withheld: true,
    why: "{unit} needs the host's process and user namespaces: the kernel has only one audit log. Mask it.",
  },
  {
    units: /^(isc-dhcp-server|dhcpd|kea-dhcp4-server|kea-dhcp4)$/,
    name: "raw-sockets",
    capabilities: ["NET_RAW"],
    why: "{unit} reads raw packets, which requires NET_RAW.",
  },
  {
    units: /^(ssh|sshd|ssh@.*|sshd@.*|cron|crond|cronie)$/,
    // Measured on Podman: Debian's sshd with systemd 247 to 257, and its cron with 252, open sessions without it.
    notIn: ["debian", "ubuntu"],
    name: "audit-write",
    capabilities: ["AUDIT_WRITE"],
    why: "{unit} writes audit records when it opens a session, which requires AUDIT_WRITE (a Docker default, but not a Podman default).",
  },
  {
    units: /^(vault|elasticsearch|opensearch)$/,
    name: "memory-lock",
    capabilities: ["IPC_LOCK"],
    why: "{unit} locks its memory, which requires IPC_LOCK.",
  },
];

/** For each unit of an image, the argvs of the programs that it starts, if its files can be read. */
type Programs = ReadonlyMap<string, readonly (readonly string[])[]>;

/**
 * What the services of a distribution family need at run time beyond what an unprivileged container has on every
 * engine, by the name of the unit or of a program that it starts.
 */
export function needsOf(
  units: readonly string[],
  family?: ImageFacts["family"],
  programs: Programs = new Map(),
): Need[] {
  const names = new Set(units.map(plainName));
  return units.flatMap((unit) => {
    const started = programs.get(unit) ?? [];
    // Docker starts its own containerd, so both have the same needs.
    if (plainName(unit) === "containerd" && names.has("docker")) return [];
    if (started.some(doesWithout)) return [];
    for (const name of [...started.flatMap(programName), plainName(unit)]) {
      const found = workloads.find(({ units: pattern }) => pattern.test(name));
      if (found) return family && found.notIn?.includes(family) ? [] : [toNeed(found, unit, name)];
    }
    return [];
  });
}

function toNeed(found: Workload, unit: string, name: string): Need {
  const { capabilities = [], devices = [], securityOptions, withheld, privileged } = found;
  const directory = Object.hasOwn(dataDirectories, name) ? dataDirectories[name] : undefined;
  const reason = message(`need.${found.name}`, found.why, { unit, ...(directory && { directory }) });
  return { unit, capabilities, devices, securityOptions, withheld, privileged, directory, reason };
}

function plainName(unit: string): string {
  return unit.replace(/\.(service|target)$/, "");
}

/** `chronyd -x` does not change the clock. */
function doesWithout([path = "", ...words]: readonly string[]): boolean {
  return path.endsWith("/chronyd") && words.includes("-x");
}

/** The name of a program if it indicates needs. Clients of an engine, and rclone without mount, need nothing. */
function programName([path = "", ...words]: readonly string[]): string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/^(docker|lxd|incus|ssh|iptables|ip6tables|vault)$/.test(name)) return [];
  if (name === "rclone" && !words.includes("mount")) return [];
  return [name.replace(/^mount\..*$/, "mount")];
}

/** The steps that satisfy a need. */
export function stepsOf({ capabilities, devices, securityOptions = [] }: Need): SpecChange[] {
  return [
    ...capabilities.map((value): SpecChange => ({ do: "add", key: "capabilities", value })),
    ...devices.map((value): SpecChange => ({ do: "add", key: "devices", value })),
    ...securityOptions.map((value): SpecChange => ({ do: "add", key: "securityOptions", value })),
  ];
}

/** Of the capabilities that workloads need, those that an engine grants to every container by default. */
const granted: Readonly<Record<EngineFacts["engine"], ReadonlySet<string>>> = {
  docker: new Set(["NET_RAW", "AUDIT_WRITE"]),
  podman: new Set(),
};

/** The needs that remain on this engine, without what it grants by default. A need that is fully met is omitted. */
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
