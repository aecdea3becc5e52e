import type { SpecChange, Tmpfs } from "../../container/spec";
import { canonicalPath, tmpPath } from "../../systemd/paths";
import { baseLabel } from "../queries/base-label";
import { onPodman } from "../queries/engine";
import { addTitle, stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import { plannedContainerRule } from "../rule";

export const runTmpfsTmp = plannedContainerRule({
  id: "run-tmpfs-tmp",
  title: "Mount a tmpfs with exec on /tmp",
  severity: "warning",
  why: `
    Fedora, and Debian from 13 on, mount a tmpfs on \`/tmp\` with the unit \`tmp.mount\`. In an unprivileged
    container, this unit fails, and systemd reports the system as degraded. If the engine mounts \`/tmp\`, the unit
    does nothing.

    Docker mounts a tmpfs with \`noexec\` by default. Installers and test tools that unpack a program to \`/tmp\` and
    run it then fail with "Permission denied".
  `,
  consequence: "systemctl is-system-running reports degraded, because tmp.mount failed.",
  symptoms: ["degraded"],
  ignore: "If no program is run from `/tmp`, or if `tmp.mount` is masked, you can disable this rule.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5, cgroup v2, without a mount on /tmp: with Debian's systemd 257 and 262, the " +
      "system state is degraded; with 247 and 252, it is running.",
  },
  messages: {
    missing: "{path} is not mounted, so tmp.mount in {image} fails, and the system is degraded.",
    disk: "{path} is persistent. Stale temporary files and sockets survive a restart of the container.",
    noexec: "Docker mounts a tmpfs with noexec by default, so programs in {path} cannot run. Add exec.",
  },
  fixes: {
    tmpfs: "Replace with a tmpfs on {path}",
    exec: "Add the exec option to the tmpfs on {path}",
  },
  *check(subject, say) {
    const { source, plan } = subject;
    const { spec } = source;
    if (onPodman(subject)) return;
    const steps = plan.image.tmpMount ? lacking(subject, ["tmpfs-tmp"]) : [];
    if (steps.length > 0) {
      yield {
        span: source.nameSpan,
        message: say("missing", {
          path: tmpPath,
          image: subject.image
            ? baseLabel(subject.image.image) || plan.image.reference
            : plan.image.reference,
        }),
        fixes: () => [stepsFix(source, steps, addTitle(source, steps), true)],
      };
    }
    for (const mount of spec.mounts) {
      if (canonicalPath(mount.target) !== tmpPath) continue;
      const value = { path: tmpPath, options: ["exec", "mode=1777"] };
      const replace: SpecChange[] = [
        { do: "drop", key: "mounts", value: mount },
        { do: "add", key: "tmpfs", value },
      ];
      yield {
        span: placeOf(source, { key: "mounts", item: mount }),
        severity: "information",
        message: say("disk", { path: tmpPath }),
        fixes: [stepsFix(source, replace, say("tmpfs", { path: tmpPath }), false)],
      };
    }
    for (const tmpfs of spec.tmpfs) {
      if (canonicalPath(tmpfs.path) !== tmpPath || allowsPrograms(tmpfs)) continue;
      const options = [...tmpfs.options.filter((option) => option !== "noexec"), "exec"];
      const replace: SpecChange[] = [
        { do: "drop", key: "tmpfs", value: tmpfs },
        { do: "add", key: "tmpfs", value: { ...tmpfs, options } },
      ];
      yield {
        span: placeOf(source, { key: "tmpfs", item: tmpfs }),
        severity: "hint",
        message: say("noexec", { path: tmpPath }),
        fixes: () => {
          return [stepsFix(source, replace, say("exec", { path: tmpPath }), false)];
        },
      };
    }
  },
});

/** Whether programs can run in a tmpfs. The last one of exec and noexec applies; Docker's default is noexec. */
function allowsPrograms({ options }: Tmpfs): boolean {
  return options.findLast((option) => option === "exec" || option === "noexec") === "exec";
}
