import type { SpecChange } from "../../container/spec";
import type { ContainerSubject } from "../../project/subject";
import { canonicalPath } from "../../systemd/paths";
import { stepsFix } from "../queries/fixes";
import { placeOf, toDisplay } from "../queries/run-file";
import { containerRule } from "../rule";

const controlPath = "/sys/fs/fuse";

/** What a FUSE client opens and may do; AppArmor's default profile denies every mount. */
const clientSteps: readonly SpecChange[] = [
  { do: "add", key: "devices", value: "/dev/fuse" },
  { do: "add", key: "capabilities", value: "SYS_ADMIN" },
  { do: "add", key: "securityOptions", value: "apparmor=unconfined" },
];

export const runFuse = containerRule({
  id: "run-fuse",
  title: "/sys/fs/fuse is not what FUSE needs",
  severity: "information",
  why: `
    \`/sys/fs/fuse/connections\` is where the kernel lists FUSE mounts. It was bound into containers to quieten
    systemd's \`sys-fs-fuse-connections.mount\`, which today skips itself without privileges. A program that
    mounts through FUSE (sshfs, rclone) opens \`/dev/fuse\` and calls mount, which takes SYS_ADMIN. One that
    does not needs neither.
  `,
  consequence: "It boots as it does without; a FUSE client still cannot mount.",
  symptoms: ["hindered"],
  ignore: "Never needed by systemd; a program that reads the connections' state may want it.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: it boots with the bind and without; a FUSE client mounts with /dev/fuse and " +
      "SYS_ADMIN and fails without either. That AppArmor denies it the mount is from Docker's default profile.",
  },
  messages: {
    found:
      "{path} lists FUSE mounts and lets nobody mount: a FUSE client needs /dev/fuse and SYS_ADMIN, systemd needs neither.",
  },
  fixes: {
    remove: "Remove the bind of {path}",
    client: "Replace it by what a FUSE client needs: {what}",
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
        [drop, ...clientSteps],
        say("client", { what: toDisplay(source, clientSteps) }),
        false,
      );
      yield {
        span: placeOf(source, { key: "mounts", item: mount }),
        message: say("found", { path }),
        fixes: usesFuse(subject) ? [client, remove] : [remove, client],
      };
    }
  },
});

function usesFuse({ image }: ContainerSubject): boolean {
  return [...(image?.image.packages.keys() ?? [])].some((name) =>
    /^(fuse3?|sshfs|rclone|s3fs|gcsfuse|bindfs)$/.test(name),
  );
}
