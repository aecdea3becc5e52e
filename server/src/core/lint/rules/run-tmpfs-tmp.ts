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
  title: "Mount a tmpfs on /tmp, and let programs run in it",
  severity: "warning",
  why: `
    Debian from 13 on and Fedora mount \`/tmp\` as a tmpfs by a unit, \`tmp.mount\`. In a container without
    privileges that unit fails, and systemd reports the whole system as degraded. When the container is
    started with a mount there, the unit has nothing to do.

    Docker mounts a tmpfs \`noexec\` unless told otherwise, and installers and test tools that unpack a program
    to \`/tmp\` then fail with "Permission denied".
  `,
  consequence: "systemctl is-system-running says degraded, because tmp.mount failed.",
  symptoms: ["degraded"],
  ignore: "Nothing unpacks programs to /tmp, or tmp.mount is masked.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5, cgroup v2, no mount on /tmp: Debian's systemd 257 and 262 come up degraded, 247 and " +
      "252 running.",
  },
  messages: {
    missing: "Nothing is mounted on {path}: tmp.mount of {image} fails, and the system comes up degraded.",
    disk: "{path} is on disk here and outlives a stop: services find temporary files and sockets of the last run.",
    noexec: "Docker mounts this tmpfs noexec, so nothing unpacked to {path} can be run. Add exec.",
  },
  fixes: {
    tmpfs: "Mount a tmpfs on {path} instead",
    exec: "Let programs run in {path}",
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
        get fixes() {
          return [stepsFix(source, steps, addTitle(source, steps), true)];
        },
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
        get fixes() {
          return [stepsFix(source, replace, say("exec", { path: tmpPath }), false)];
        },
      };
    }
  },
});

/** Of exec and noexec the last counts; without either Docker forbids it. */
function allowsPrograms({ options }: Tmpfs): boolean {
  return options.findLast((option) => option === "exec" || option === "noexec") === "exec";
}
