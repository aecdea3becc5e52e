import { readCapability, readSecurityOption } from "../container/options";
import { applySteps, type ContainerSpec, type Mount, type SpecChange } from "../container/spec";
import type { EngineFacts } from "../engine";
import { canonicalPath, isCgroupRoot } from "../systemd/paths";

/**
 * A grant is access that a container has beyond what its engine gives to every container. It is identified by a
 * string: `SYS_TIME`, `/dev/fuse`, `apparmor=unconfined`, `pid=host`, `/lib/modules:/lib/modules:ro` or `privileged`.
 */

/**
 * Capabilities that engines support and that Docker or Podman does not grant by default, the least dangerous first
 * (capabilities(7)). `SYS_TIME` and those after it are only granted if a failure points to them, because they can let
 * a service change the host.
 */
const capabilities = [
  ...["AUDIT_WRITE", "NET_BROADCAST", "NET_RAW", "LEASE", "WAKE_ALARM", "BLOCK_SUSPEND", "IPC_LOCK"],
  ...["IPC_OWNER", "SYS_NICE", "SYS_PACCT", "SYS_TTY_CONFIG", "SYS_RESOURCE", "MKNOD"],
  ...["LINUX_IMMUTABLE", "AUDIT_READ", "SYSLOG", "AUDIT_CONTROL", "NET_ADMIN", "SYS_PTRACE", "MAC_OVERRIDE"],
  ...["MAC_ADMIN", "SYS_TIME", "CHECKPOINT_RESTORE", "PERFMON", "BPF", "SYS_BOOT", "DAC_READ_SEARCH"],
];

/** Capabilities that are equivalent to root on the host. */
const strongest = ["SYS_ADMIN", "SYS_RAWIO", "SYS_MODULE", "ALL"];

/** Devices that every host has and that expose nothing of the host. */
const plainDevices = ["/dev/fuse", "/dev/net/tun"];

/** What each engine grants to every container. */
const givenBy: Readonly<Record<EngineFacts["engine"], readonly string[]>> = {
  docker: ["AUDIT_WRITE", "NET_RAW", "MKNOD"],
  podman: [],
};

/** All grants with a fixed rank, the least dangerous first. */
const byDanger = [
  ...plainDevices,
  ...capabilities,
  ...["seccomp=unconfined", "label=disable", "apparmor=unconfined", "systempaths=unconfined"],
  ...strongest,
];

/**
 * How dangerous a grant is. Access to parts of the host ranks above all listed grants, and `privileged` ranks
 * highest.
 */
export function danger(grant: string): number {
  if (grant === "privileged") return byDanger.length + 1;
  const place = byDanger.indexOf(grant);
  return place === -1 ? byDanger.length : place;
}

/**
 * Whether a grant is equivalent to root on the host, so that it is tried only if the user agrees: privileged mode,
 * the strongest capabilities, devices and directories of the host, its namespaces and sockets, and access to all of
 * /proc.
 */
export function equalsRoot(grant: string): boolean {
  if (strongest.includes(grant) || grant === "DAC_READ_SEARCH" || grant === "privileged") return true;
  if (plainDevices.includes(grant)) return false;
  return grant.startsWith("/") || grant.endsWith("=host") || /^(systempaths|unmask)=/.test(grant);
}

/**
 * The sets to try if no failure points to a grant: first what the file itself currently grants, then capabilities,
 * and finally what is equivalent to root on the host.
 */
export function tiers(own: readonly string[], { engine, appArmor }: EngineFacts): string[][] {
  const given = givenBy[engine];
  const plain = capabilities
    .slice(0, capabilities.indexOf("SYS_TIME"))
    .filter((name) => !given.includes(name));
  const mild = plain.indexOf("LINUX_IMMUTABLE");
  const mounting = [
    "SYS_ADMIN",
    "seccomp=unconfined",
    ...(appArmor === false ? [] : ["apparmor=unconfined"]),
  ];
  const ofFile = own.filter((grant) => !equalsRoot(grant));
  const others = own.filter((grant) => equalsRoot(grant) && !["privileged", "ALL"].includes(grant));
  const all = [ofFile, plain.slice(0, mild), plain.slice(mild), others, mounting, ["privileged"]];
  return all.filter((tier) => tier.length > 0);
}

/** The given grants without those that the engine gives to every container. */
export function lackingOn({ engine, appArmor }: EngineFacts, grants: readonly string[]): string[] {
  const given = givenBy[engine];
  return grants.filter((grant) => {
    if (grant === "apparmor=unconfined") return appArmor !== false;
    return !given.includes(grant);
  });
}

/**
 * The grants that a string mentions: `CAP_SYS_NICE`, `/dev/net/tun`. Unknown capabilities and devices are left out.
 */
export function grantsIn(text: string): string[] {
  const named = Array.from(text.matchAll(/\bCAP_([A-Z_]+)\b/g), ([, name = ""]) => name);
  const found = named.filter((name) => name !== "ALL" && byDanger.includes(name));
  return [...found, ...plainDevices.filter((path) => text.includes(path))];
}

/** The step that adds a grant to a container; undefined if the string is not a grant. */
export function grantStep(grant: string): SpecChange | undefined {
  if (grant === "privileged") return { do: "set", key: "privileged", value: true };
  const [, key, value = ""] = /^(pid|userns)=(.+)$/.exec(grant) ?? [];
  if (key !== undefined) return { do: "set", key: key === "pid" ? "pid" : "usernsMode", value };
  if (grant.startsWith("/dev/")) return { do: "add", key: "devices", value: grant };
  if (/^[a-z-]+[=:]/.test(grant))
    return { do: "add", key: "securityOptions", value: readSecurityOption(grant) };
  const name = readCapability(grant);
  return /^[A-Z_]+$/.test(name) ? { do: "add", key: "capabilities", value: name } : undefined;
}

/** A grant in the form that the search uses: `cap_sys_admin` becomes `SYS_ADMIN`. */
export function readGrant(text: string): string {
  const isCapability = /^(cap_)?[a-z_]+$/i.test(text) && text !== "privileged";
  return isCapability ? readCapability(text) : text;
}

/** A spec without its grants, the grants that were removed, and the steps that remove them. */
export interface Stripped {
  readonly spec: ContainerSpec;
  readonly grants: ReadonlyMap<string, SpecChange>;
  readonly steps: readonly SpecChange[];
}

/** Matches options that remove a protection, as opposed to those that add one. */
const weakening = /^((apparmor|seccomp|systempaths)=unconfined|label=disable|unmask=.*)$/;

/** Matches directories that belong to the host's system, as opposed to the project's data. */
const ofHost = /^\/(?:(?:dev|sys|proc|run|var\/run|boot|lib\/modules|usr\/lib\/modules|usr\/src)(?:\/.*)?)?$/;

/**
 * Removes every grant from a spec. Access to the cgroup tree is left to the launch plan, which has it if the engine
 * needs it. The network stays as it is.
 */
export function strip(spec: ContainerSpec): Stripped {
  const grants = new Map<string, SpecChange>();
  const steps: SpecChange[] = [];
  const take = (grant: string, add: SpecChange, drop: SpecChange) => {
    grants.set(grant, add);
    steps.push(drop);
  };
  for (const value of spec.capabilities) take(readCapability(value), ...listSteps("capabilities", value));
  for (const value of spec.devices) take(value.split(":")[0] ?? value, ...listSteps("devices", value));
  for (const value of spec.securityOptions)
    if (weakening.test(readSecurityOption(value)))
      take(readSecurityOption(value), ...listSteps("securityOptions", value));
  for (const mount of spec.mounts) {
    const [add, drop] = listSteps("mounts", mount);
    if (isCgroupRoot(mount.target)) steps.push(drop);
    else if (isOfHost(mount)) take(mountName(mount), add, drop);
  }
  if (spec.cgroupNamespace === "host") steps.push({ do: "unset", key: "cgroupNamespace" });
  if (spec.privileged) take("privileged", { do: "set", key: "privileged", value: true }, unset("privileged"));
  if (spec.pid === "host") take("pid=host", { do: "set", key: "pid", value: "host" }, unset("pid"));
  if (spec.usernsMode === "host")
    take("userns=host", { do: "set", key: "usernsMode", value: "host" }, unset("usernsMode"));
  return { spec: applySteps(spec, steps), grants, steps };
}

type ListStep = Extract<SpecChange, { do: "add" | "drop" }>;

function listSteps<Key extends ListStep["key"]>(
  key: Key,
  value: ContainerSpec[Key][number],
): [SpecChange, SpecChange] {
  return [{ do: "add", key, value } as SpecChange, { do: "drop", key, value } as SpecChange];
}

function unset(key: "privileged" | "pid" | "usernsMode"): SpecChange {
  return { do: "unset", key };
}

function isOfHost({ type, source = "" }: Mount): boolean {
  const path = canonicalPath(source);
  return type === "bind" && (ofHost.test(path) || path.endsWith(".sock"));
}

function mountName({ source = "", target, readOnly }: Mount): string {
  return `${source}:${target}${readOnly ? ":ro" : ""}`;
}
