import { type Argument, listed, type Message, message } from "../base/message";
import { readCapability } from "../container/options";
import { applySteps, type ContainerSpec, type Mount, type SpecChange } from "../container/spec";
import { canonicalPath } from "../systemd/paths";

/** Access that a container has to the host or the kernel. */
export interface Access {
  /** A unique id: `capability SYS_TIME`, `write /srv`, `cgroup host`. */
  readonly id: string;
  /** Completes the sentence "The container can …". */
  readonly can: Message;
  /** The `id` of a broader kind of access that includes it. */
  readonly within?: string;
}

/** The end of the sentence "The container can …" for several kinds of access. */
export function accessText(list: readonly Access[]): Argument {
  return listed(list.filter(({ within }) => !list.some(({ id }) => id === within)).map(({ can }) => can));
}

/**
 * What a container can access after the steps but not before. Empty if the steps do not widen its access.
 * `privileged` is not considered to include any capabilities; each capability is listed separately.
 */
export function openedBy(spec: ContainerSpec, steps: readonly SpecChange[]): Access[] {
  return openedBetween(spec, applySteps(spec, steps));
}

/** What a container can access with the second spec but not with the first. */
export function openedBetween(before: ContainerSpec, after: ContainerSpec): Access[] {
  const had = new Set(accessOf(before).map(({ id }) => id));
  return accessOf(after).filter(({ id }) => !had.has(id));
}

/** Everything that a container requests beyond an unprivileged container with private namespaces. */
function accessOf(spec: ContainerSpec): Access[] {
  const all: (Access | false)[] = [
    spec.privileged === true && {
      id: "privileged",
      can: message("access.privileged", "do almost anything to the host"),
    },
    ...spec.capabilities.map(capability),
    ...spec.devices.map(device),
    ...spec.mounts.flatMap(hostPath),
    ...spec.securityOptions.map(unconfined),
    !hasNoNewPrivileges(spec) && {
      id: "new-privileges",
      can: message("access.setuid", "gain privileges through setuid programs"),
    },
    // On cgroup v1, the default is the namespace of the host.
    spec.cgroupNamespace !== "private" && {
      id: "cgroup default",
      can: message("access.cgroup-default", "run without a private cgroup namespace"),
      within: "cgroup host",
    },
    spec.cgroupNamespace === "host" && {
      id: "cgroup host",
      can: message("access.cgroup-host", "see all of the host's cgroups"),
    },
    spec.pid !== undefined && {
      id: `pid ${spec.pid}`,
      can: processesOf(spec.pid),
    },
    spec.network === "host" && {
      id: "network host",
      can: message("access.network", "use the host's network"),
    },
    spec.usernsMode === "host" && {
      id: "userns host",
      can: message("access.userns", "run in the host's user namespace"),
    },
  ];
  return all.filter((access) => access !== false);
}

/** What a capability allows, if its name is not obvious. */
const capabilityUses: Readonly<Record<string, Message>> = {
  SYS_ADMIN: message("access.SYS_ADMIN", "mount file systems and change kernel settings"),
  SYS_TIME: message("access.SYS_TIME", "set the host's clock"),
  NET_ADMIN: message("access.NET_ADMIN", "configure its network and packet filters"),
  NET_RAW: message("access.NET_RAW", "send raw packets"),
  AUDIT_WRITE: message("access.AUDIT_WRITE", "write to the kernel's audit log"),
  IPC_LOCK: message("access.IPC_LOCK", "lock memory"),
};

function capability(name: string): Access {
  const plain = readCapability(name);
  const can =
    capabilityUses[plain] ?? message("access.capability", "use the {name} capability", { name: plain });
  return { id: `capability ${plain}`, can };
}

function device(text: string): Access {
  const path = text.split(":")[0] ?? text;
  return { id: `device ${path}`, can: message("access.device", "use the host's {path}", { path }) };
}

/**
 * A bind mount exposes a path of the host, which is writable unless the mount is read-only. If a path is mounted on
 * several targets, each one counts.
 */
function hostPath({ type, source = "", target, readOnly, recursive }: Mount): Access[] {
  if (type !== "bind") return [];
  const path = canonicalPath(source);
  const place = `${path} at ${canonicalPath(target)}`;
  const read = {
    id: `read ${place}`,
    can: message("access.read", "read {path} on the host", { path }),
    within: `write ${place}`,
  };
  if (readOnly && recursive !== "writable") return [read];
  return [
    read,
    { id: `write ${place}`, can: message("access.write", "write to {path} on the host", { path }) },
  ];
}

const unconfinedOptions: Readonly<Record<string, Message>> = {
  "apparmor=unconfined": message("access.apparmor", "run unconfined by AppArmor"),
  "seccomp=unconfined": message("access.seccomp", "make any system call"),
  "label=disable": message("access.selinux", "run unconfined by SELinux"),
  "systempaths=unconfined": message("access.systempaths", "write to all of /proc and /sys"),
};

function unconfined(option: string): Access | false {
  const plain = option.toLowerCase().replace(":", "=");
  const id = `option ${plain}`;
  const known = unconfinedOptions[plain];
  if (known) return { id, can: known };
  return (
    /unconfined|^unmask=/.test(plain) && {
      id,
      can: message("access.option", "run with {option}", { option }),
    }
  );
}

function hasNoNewPrivileges({ securityOptions }: ContainerSpec): boolean {
  return securityOptions.some((option) => /^no-new-privileges([=:](1|t|true))?$/i.test(option));
}

function processesOf(pid: string): Message {
  return pid === "host"
    ? message("access.pid-host", "see and signal the host's processes")
    : message("access.pid", "see and signal the processes of {owner}", { owner: pid });
}
