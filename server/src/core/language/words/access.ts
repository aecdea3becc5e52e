import { message } from "../../base/message";
import { noCost, type Word } from "./word";

const capabilities7 = "capabilities(7)";
const missing = "run-capability-missing";
const engines = "Docker 28.5, Podman 5.8; systemd 252";
const unneeded = "run-capability-unneeded";

/** Options of `security_opt` that concern systemd. */
export const securityOptions: readonly Word[] = [
  {
    word: "writable-cgroups=true",
    fact: message(
      "word.security.cgroups",
      "Makes the container's part of the cgroup tree writable, which systemd needs. Docker 28 and newer, rootful, cgroup v2.",
    ),
    cost: message(
      "word.security.cgroups-cost",
      "The container sees only its own cgroups. Other engines refuse the option.",
    ),
    source: {
      named: "moby pull request 48828",
      measured: "Docker 20.10, 26.1, 28.5; systemd 247, 252, 257, 262",
      rule: "run-cgroup-writable",
    },
    offered: true,
  },
  {
    word: "no-new-privileges=true",
    fact: message("word.security.no-new", "Programs gain no privileges by setuid. systemd boots with it."),
    cost: message("word.security.no-new-cost", "sudo, su and ping fail for users who log in."),
    source: {
      named: "Linux, no_new_privs.rst",
      measured: "Docker 28.5, systemd 252",
      rule: "run-no-new-privileges",
    },
    offered: true,
  },
  {
    word: "apparmor=unconfined",
    fact: message(
      "word.security.apparmor",
      "Removes AppArmor. Services that mount need it; systemd does not.",
    ),
    cost: message(
      "word.security.apparmor-cost",
      "The container can mount and write to more of /proc and /sys.",
    ),
    source: { named: "moby, the default AppArmor profile", rule: unneeded },
    offered: true,
  },
  {
    word: "seccomp=unconfined",
    fact: message("word.security.seccomp", "Allows every system call. systemd does not need it."),
    cost: message("word.security.seccomp-cost", "The kernel's interfaces are open to root in the container."),
    source: { named: "moby, the default seccomp profile", rule: unneeded },
  },
];

/** Capabilities that services of a container need, with what each grants. */
export const capabilities: readonly Word[] = [
  {
    word: "NET_ADMIN",
    fact: message(
      "word.capability.net-admin",
      "Firewalls, tunnels and routes need it (nftables, OpenVPN, WireGuard).",
    ),
    cost: message(
      "word.capability.net-admin-cost",
      "It configures the container's own network, not the host's.",
    ),
    source: { named: capabilities7, measured: engines, rule: missing },
    offered: true,
  },
  {
    word: "NET_RAW",
    fact: message(
      "word.capability.net-raw",
      "Raw sockets: ping, DHCP servers, legacy iptables. A default of Docker.",
    ),
    cost: message("word.capability.net-raw-cost", "It can forge packets on the container's network."),
    source: { named: capabilities7, rule: missing },
    offered: true,
  },
  {
    word: "AUDIT_WRITE",
    fact: message(
      "word.capability.audit",
      "sshd and cron of RPM distributions need it to open a session. A default of Docker, not of Podman.",
    ),
    cost: message("word.capability.audit-cost", "It writes records to the kernel's audit log."),
    source: { named: capabilities7, measured: engines, rule: missing },
    offered: true,
  },
  {
    word: "SYS_TIME",
    fact: message("word.capability.time", "Sets the clock: chrony, ntpd."),
    cost: message("word.capability.time-cost", "It can set the host's clock."),
    source: { named: capabilities7, measured: engines, rule: missing },
    offered: true,
  },
  {
    word: "IPC_LOCK",
    fact: message("word.capability.lock", "Locks memory: Vault, Elasticsearch."),
    cost: message("word.capability.lock-cost", "It can keep memory of the host from being swapped."),
    source: { named: capabilities7, rule: missing },
    offered: true,
  },
  {
    word: "NET_BROADCAST",
    fact: message(
      "word.capability.broadcast",
      "Moves addresses between hosts: keepalived, beside NET_ADMIN and NET_RAW.",
    ),
    cost: message("word.capability.broadcast-cost", "It sends broadcasts on the container's network."),
    source: { named: capabilities7, rule: missing },
    offered: true,
  },
  {
    word: "SYS_ADMIN",
    fact: message("word.capability.sys-admin", "Services that mount file systems need it. systemd does not."),
    cost: message("word.capability.sys-admin-cost", "It is close to root on the host."),
    source: { named: capabilities7, measured: "Docker 28.5; systemd 247, 252, 257, 262", rule: unneeded },
    offered: true,
  },
  {
    word: "ALL",
    fact: message(
      "word.capability.all",
      "Every capability. systemd needs none beside the engine's defaults.",
    ),
    cost: message("word.capability.all-cost", "Root in the container is close to root on the host."),
    source: { named: capabilities7, rule: unneeded },
  },
];

/** Modes of the cgroup namespace. */
export const cgroups: readonly Word[] = [
  {
    word: "private",
    fact: message(
      "word.cgroup.private",
      "The container's cgroup is the root of its tree. The default of Docker on cgroup v2.",
    ),
    cost: noCost,
    source: {
      named: "cgroup_namespaces(7)",
      measured: "Docker 28.5; systemd 247, 252, 257, 262",
      rule: "run-cgroup-host",
    },
  },
  {
    word: "host",
    fact: message(
      "word.cgroup.host",
      "The container is in the host's cgroup namespace. Docker before 28 needs it, with the tree mounted read-write.",
    ),
    cost: message(
      "word.cgroup.host-cost",
      "With the tree mounted, root in the container can change, freeze or kill every cgroup of the host.",
    ),
    source: {
      named: "cgroup_namespaces(7)",
      measured: "Docker 20.10, 26.1, 28.5; systemd 252, 257",
      rule: "run-cgroup-host",
    },
  },
];
