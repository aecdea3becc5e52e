import { type Finding, finding, unknown, yesNo } from "./check";
import type { EngineDetails } from "./engine";

export function appArmor({ appArmor: value }: EngineDetails): Finding {
  if (!value) return finding("good", yesNo(value), "apparmor.no", "No effect on systemd.");
  return finding(
    "note",
    "yes",
    "apparmor.yes",
    "The AppArmor profile denies every mount. Do not add SYS_ADMIN: with it, sandboxed units fail (226/NAMESPACE) instead of running without their sandbox.",
  );
}

export function seLinux({ seLinux: value, engine }: EngineDetails): Finding {
  if (!value) return finding("good", yesNo(value), "selinux.no", "No effect on systemd.");
  if (engine === "podman") {
    return finding("good", "yes", "selinux.podman", "Podman labels the container for systemd automatically.");
  }
  return finding(
    "cost",
    "yes",
    "selinux.docker",
    "Docker containers cannot write to cgroups. Allow it on the host with `setsebool -P container_manage_cgroup 1`.",
  );
}

export function seccomp({ seccomp: value }: EngineDetails): Finding {
  if (value === undefined || value === "unconfined") {
    return finding(
      "note",
      value ?? "no",
      "seccomp.off",
      "Containers can make all system calls. systemd does not need this.",
    );
  }
  if (value === "builtin" || value === "default") {
    return finding(
      "good",
      value,
      "seccomp.builtin",
      "systemd boots with this profile; `seccomp=unconfined` is not needed.",
    );
  }
  return finding(
    "note",
    value,
    "seccomp.custom",
    "A custom profile. It is not known whether systemd boots with it.",
  );
}

export function noNewPrivileges({ noNewPrivileges: value }: EngineDetails): Finding | undefined {
  if (!value) return undefined;
  return finding(
    "note",
    "yes",
    "no-new-privileges.yes",
    "systemd boots, but sudo, su and other setuid programs fail for users who log in.",
  );
}

export function init({ initBinary = unknown, engine }: EngineDetails): Finding | undefined {
  if (engine === "podman") return undefined;
  return finding(
    "note",
    initBinary === "" ? unknown : initBinary,
    "init.untold",
    'The API reports the init program, but not whether every container uses it (`"init": true` in daemon.json). With it as PID 1, systemd exits with code 1, so this extension disables it for the containers that it starts. In other commands, use `--init=false`.',
  );
}
