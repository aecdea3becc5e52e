import type { SpecChange } from "../../container/spec";
import { canonicalPath } from "../../systemd/paths";
import { stepsFix } from "../queries/fixes";
import { fuseSteps, hasFuseClient } from "../queries/mount-needs";
import { placeOf, toDisplay } from "../queries/run-file";
import { containerRule } from "../rule";

const controlPath = "/sys/fs/fuse";

export const runFuse = containerRule({
  id: "run-fuse",
  title: "Do not mount /sys/fs/fuse",
  severity: "information",
  why: `
    The kernel lists FUSE mounts in \`/sys/fs/fuse/connections\`. People used to bind-mount this path into
    containers so that systemd's \`sys-fs-fuse-connections.mount\` did not fail. systemd now skips that unit in
    unprivileged containers. A program that mounts through FUSE (sshfs, rclone) opens \`/dev/fuse\` and calls mount,
    which requires SYS_ADMIN. Other programs need neither the device nor the capability.
  `,
  consequence: "The mount has no effect on the boot, and FUSE clients still cannot mount file systems.",
  symptoms: ["hindered"],
  ignore:
    "If a program reads the state of the FUSE connections, you can disable this rule. systemd does not need the mount.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: the container boots with and without the bind mount. A FUSE client can " +
      "mount with /dev/fuse and SYS_ADMIN, and fails if one of them is missing. Docker's default AppArmor profile " +
      "denies the mount (not measured).",
  },
  messages: {
    found:
      "{path} only lists FUSE connections. FUSE clients need /dev/fuse and SYS_ADMIN; systemd needs neither.",
  },
  fixes: {
    remove: "Remove the bind mount of {path}",
    client: "Replace with the options that FUSE clients need: {what}",
  },
  *check(subject, say) {
    const { source } = subject;
    for (const mount of source.spec.mounts) {
      const path = canonicalPath(mount.target);
      if (!`${path}/`.startsWith(`${controlPath}/`)) continue;
      const drop: SpecChange = { do: "drop", key: "mounts", value: mount };
      const remove = stepsFix(source, [drop], say("remove", { path }), false);
      const client = stepsFix(
        source,
        [drop, ...fuseSteps],
        say("client", { what: toDisplay(source, fuseSteps) }),
        false,
      );
      yield {
        span: placeOf(source, { key: "mounts", item: mount }),
        message: say("found", { path }),
        fixes: hasFuseClient(subject) ? [client, remove] : [remove, client],
      };
    }
  },
});
