import { applySteps, type ContainerSpec, type Mount, type SpecChange } from "../container/spec";
import { canonicalPath } from "../systemd/paths";

/** Something of the host, or of the kernel, that a container is given. */
export interface Access {
  /** Distinguishes it: `capability SYS_TIME`, `write /srv`, `cgroup host`. */
  readonly id: string;
  /** Completes the sentence "The container can …". */
  readonly can: string;
  /** The `id` of a wider access that includes it. */
  readonly within?: string;
}

/** The end of the sentence "The container can …" for several kinds of access. */
export function accessText(list: readonly Access[]): string {
  const widest = list.filter(({ within }) => !list.some(({ id }) => id === within)).map(({ can }) => can);
  return [widest.slice(0, -1).join(", "), ...widest.slice(-1)].filter((part) => part !== "").join(" and ");
}

/**
 * What a container may access after the steps and may not access before. Empty when the steps do not widen its
 * access. Privileges do not count as the capabilities that they include: each is named for itself.
 */
export function openedBy(spec: ContainerSpec, steps: readonly SpecChange[]): Access[] {
  const before = new Set(accessOf(spec).map(({ id }) => id));
  return accessOf(applySteps(spec, steps)).filter(({ id }) => !before.has(id));
}

/** Everything beyond an unprivileged container with namespaces of its own that a run asks for. */
function accessOf(spec: ContainerSpec): Access[] {
  const all: (Access | false)[] = [
    spec.privileged === true && { id: "privileged", can: "do almost anything to the host" },
    ...spec.capabilities.map(capability),
    ...spec.devices.map(device),
    ...spec.mounts.flatMap(hostPath),
    ...spec.securityOptions.map(unconfined),
    !hasNoNewPrivileges(spec) && { id: "new-privileges", can: "gain privileges by setuid programs" },
    // Without a word the namespace is the host's on cgroup v1.
    spec.cgroupNamespace !== "private" && {
      id: "cgroup default",
      can: "lose its private cgroup namespace",
      within: "cgroup host",
    },
    spec.cgroupNamespace === "host" && { id: "cgroup host", can: "see all cgroups of the host" },
    spec.pid !== undefined && {
      id: `pid ${spec.pid}`,
      can: `see and signal the processes of ${owner(spec.pid)}`,
    },
    spec.network === "host" && { id: "network host", can: "use the network of the host" },
    spec.usernsMode === "host" && { id: "userns host", can: "run without a user namespace" },
  ];
  return all.filter((access) => access !== false);
}

/** What a capability is good for, where its name does not say it to everybody. */
const capabilityUses: Readonly<Record<string, string>> = {
  SYS_ADMIN: "mount file systems and change settings of the kernel",
  SYS_TIME: "set the clock of the host",
  NET_ADMIN: "configure its network and packet filters",
  NET_RAW: "send raw packets",
  AUDIT_WRITE: "write to the audit log of the kernel",
  IPC_LOCK: "lock memory",
};

function capability(name: string): Access {
  const plain = name.toUpperCase().replace(/^CAP_/, "");
  return { id: `capability ${plain}`, can: capabilityUses[plain] ?? `use the capability ${plain}` };
}

function device(text: string): Access {
  const path = text.split(":")[0] ?? text;
  return { id: `device ${path}`, can: `use ${path} of the host` };
}

/** A bind shows a path of the host; one that is not read-only can also be written. Each place of a path counts. */
function hostPath({ type, source = "", target, readOnly, recursive }: Mount): Access[] {
  if (type !== "bind") return [];
  const path = canonicalPath(source);
  const place = `${path} at ${canonicalPath(target)}`;
  const read = { id: `read ${place}`, can: `read ${path} on the host`, within: `write ${place}` };
  if (readOnly && recursive !== "writable") return [read];
  return [read, { id: `write ${place}`, can: `write to ${path} on the host` }];
}

const unconfinedOptions: Readonly<Record<string, string>> = {
  "apparmor=unconfined": "run without AppArmor",
  "seccomp=unconfined": "make any system call",
  "label=disable": "run without SELinux",
  "systempaths=unconfined": "write to all of /proc and /sys",
};

function unconfined(option: string): Access | false {
  const plain = option.toLowerCase().replace(":", "=");
  const can = unconfinedOptions[plain] ?? (/unconfined|^unmask=/.test(plain) && `run with ${option}`);
  return can !== false && { id: `option ${plain}`, can };
}

function hasNoNewPrivileges({ securityOptions }: ContainerSpec): boolean {
  return securityOptions.some((option) => /^no-new-privileges([=:](1|t|true))?$/i.test(option));
}

function owner(pid: string): string {
  return pid === "host" ? "the host" : pid;
}
