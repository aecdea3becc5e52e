import { type Finding, finding, unknown, yesNo } from "./check";
import type { EngineDetails } from "./engine";

export function appArmor({ appArmor: value }: EngineDetails): Finding {
  if (!value) return finding("good", yesNo(value), "apparmor.no", "Nothing to heed.");
  return finding(
    "note",
    "yes",
    "apparmor.yes",
    "Its profile denies every mount. SYS_ADMIN does more harm than good: units with a sandbox then fail (226/NAMESPACE) instead of doing without.",
  );
}

export function seLinux({ seLinux: value, engine }: EngineDetails): Finding {
  if (!value) return finding("good", yesNo(value), "selinux.no", "Nothing to heed.");
  if (engine === "podman") {
    return finding("good", "yes", "selinux.podman", "Podman labels the container for systemd itself.");
  }
  return finding(
    "cost",
    "yes",
    "selinux.docker",
    "It keeps containers of Docker from writing to control groups: allow it on the host by `setsebool -P container_manage_cgroup 1`.",
  );
}

export function seccomp({ seccomp: value }: EngineDetails): Finding {
  if (value === undefined || value === "unconfined") {
    return finding(
      "note",
      value ?? "no",
      "seccomp.off",
      "Containers may make every system call. systemd does not need that.",
    );
  }
  if (value === "builtin" || value === "default") {
    return finding(
      "good",
      value,
      "seccomp.builtin",
      "systemd boots under it; `seccomp=unconfined` is never needed for that.",
    );
  }
  return finding(
    "note",
    value,
    "seccomp.custom",
    "A profile of its own: whether systemd boots under it is not known.",
  );
}

export function noNewPrivileges({ noNewPrivileges: value }: EngineDetails): Finding | undefined {
  if (!value) return undefined;
  return finding(
    "note",
    "yes",
    "no-new-privileges.yes",
    "systemd boots; sudo, su and other setuid programs fail for users who log in.",
  );
}

export function init({ initBinary = unknown, engine }: EngineDetails): Finding | undefined {
  if (engine === "podman") return undefined;
  return finding(
    "note",
    initBinary === "" ? unknown : initBinary,
    "init.untold",
    'The API names the init, not whether every container gets it (`"init": true` in daemon.json). Behind one systemd exits 1, so what is started from here says no to it outright; on other command lines `--init=false` does.',
  );
}
