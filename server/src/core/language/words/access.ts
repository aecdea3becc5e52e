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
      "Makes the container's part of the cgroup tree writable, which systemd needs. Requires rootful Docker 28 or later with cgroup v2.",
    ),
    cost: message(
      "word.security.cgroups-cost",
      "The container sees only its own cgroups. Other engines reject the option.",
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
    fact: message(
      "word.security.no-new",
      "Programs cannot gain privileges through setuid. systemd boots with this option.",
    ),
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
      "Disables AppArmor confinement. Services that mount file systems need this; systemd does not.",
    ),
    cost: message(
      "word.security.apparmor-cost",
      "The container can mount file systems and write to more of /proc and /sys.",
    ),
    source: { named: "moby, the default AppArmor profile", rule: unneeded },
    offered: true,
  },
  {
    word: "seccomp=unconfined",
    fact: message("word.security.seccomp", "Allows every system call. systemd does not need this."),
    cost: message("word.security.seccomp-cost", "Root in the container can use all kernel interfaces."),
    source: { named: "moby, the default seccomp profile", rule: unneeded },
  },
];

/** Capabilities that services of a container need, with what each grants. */
export const capabilities: readonly Word[] = [
  {
    word: "NET_ADMIN",
    fact: message(
      "word.capability.net-admin",
      "Needed for firewalls, tunnels and routes (nftables, OpenVPN, WireGuard).",
    ),
    cost: message(
      "word.capability.net-admin-cost",
      "Root can configure the container's network, but not the host's.",
    ),
    source: { named: capabilities7, measured: engines, rule: missing },
    offered: true,
  },
  {
    word: "NET_RAW",
    fact: message(
      "word.capability.net-raw",
      "Needed for raw sockets (ping, DHCP servers, legacy iptables). Docker grants it by default.",
    ),
    cost: message("word.capability.net-raw-cost", "Root can forge packets on the container's network."),
    source: { named: capabilities7, rule: missing },
    offered: true,
  },
  {
    word: "AUDIT_WRITE",
    fact: message(
      "word.capability.audit",
      "sshd and cron on RPM distributions need it to open a session. Docker grants it by default; Podman does not.",
    ),
    cost: message("word.capability.audit-cost", "Root can write records to the kernel's audit log."),
    source: { named: capabilities7, measured: engines, rule: missing },
    offered: true,
  },
  {
    word: "SYS_TIME",
    fact: message("word.capability.time", "Needed to set the clock (chrony, ntpd)."),
    cost: message("word.capability.time-cost", "Root can set the host's clock."),
    source: { named: capabilities7, measured: engines, rule: missing },
    offered: true,
  },
  {
    word: "IPC_LOCK",
    fact: message("word.capability.lock", "Needed to lock memory (Vault, Elasticsearch)."),
    cost: message("word.capability.lock-cost", "Root can keep the host's memory from being swapped out."),
    source: { named: capabilities7, rule: missing },
    offered: true,
  },
  {
    word: "NET_BROADCAST",
    fact: message(
      "word.capability.broadcast",
      "Needed to move addresses between hosts (keepalived, together with NET_ADMIN and NET_RAW).",
    ),
    cost: message("word.capability.broadcast-cost", "Root can send broadcasts on the container's network."),
    source: { named: capabilities7, rule: missing },
    offered: true,
  },
  {
    word: "SYS_ADMIN",
    fact: message(
      "word.capability.sys-admin",
      "Needed by services that mount file systems. systemd does not need it.",
    ),
    cost: message("word.capability.sys-admin-cost", "It is almost equivalent to root on the host."),
    source: { named: capabilities7, measured: "Docker 28.5; systemd 247, 252, 257, 262", rule: unneeded },
    offered: true,
  },
  {
    word: "ALL",
    fact: message(
      "word.capability.all",
      "Grants all capabilities. systemd needs none beyond the engine's defaults.",
    ),
    cost: message(
      "word.capability.all-cost",
      "Root in the container is almost equivalent to root on the host.",
    ),
    source: { named: capabilities7, rule: unneeded },
  },
];

/** Modes of the cgroup namespace. */
export const cgroups: readonly Word[] = [
  {
    word: "private",
    fact: message(
      "word.cgroup.private",
      "The container's cgroup is the root of its cgroup tree. This is Docker's default on cgroup v2.",
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
      "The container uses the host's cgroup namespace. Docker versions before 28 need this, with the cgroup tree mounted read-write.",
    ),
    cost: message(
      "word.cgroup.host-cost",
      "If the cgroup tree is mounted, root in the container can change, freeze or kill every cgroup on the host.",
    ),
    source: {
      named: "cgroup_namespaces(7)",
      measured: "Docker 20.10, 26.1, 28.5; systemd 252, 257",
      rule: "run-cgroup-host",
    },
  },
];
