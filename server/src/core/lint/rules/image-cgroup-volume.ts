import { listed } from "../../base/message";
import type { ContainerSpec } from "../../container/spec";
import { cgroupPath, isCgroupRoot } from "../../systemd/paths";
import { baseLabel } from "../queries/base-label";
import { writableCgroups } from "../queries/cgroup-tree";
import { onPodman } from "../queries/engine";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

export const imageCgroupVolume = imageRule({
  id: "image-cgroup-volume",
  title: "Do not declare a VOLUME on /sys/fs/cgroup",
  severity: "warning",
  why: `
    With this VOLUME, the engine mounts an ordinary empty directory on /sys/fs/cgroup instead of a cgroup file
    system. The host's cgroup tree is not visible there. systemd finds no cgroups and exits, unless the command that
    starts the container bind-mounts the cgroup tree over the volume. Settings for the engine's default mount
    (\`writable-cgroups=true\`, \`--privileged\`) have no effect.
  `,
  consequence:
    'PID 1 exits with code 255 ("Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted"), unless the container bind-mounts /sys/fs/cgroup.',
  symptoms: ["exit-255"],
  ignore:
    "If every container bind-mounts /sys/fs/cgroup, the volume has no effect, and you can disable this rule. It is better to remove the volume.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: PID 1 exits with code 255 with and without writable-cgroups=true. If the VOLUME list has single quotes, it is not valid JSON and declares another path, so the container boots.",
  },
  messages: {
    found:
      "This volume hides the cgroup tree behind an empty directory: PID 1 exits with code 255 unless {path} is bind-mounted. Remove the volume.",
    used: "This volume hides the cgroup tree behind an empty directory, and {run} does not bind-mount {path}: PID 1 exits with code 255. Remove the volume.",
    inherited:
      "{base} declares this volume too, so removing it here has no effect: PID 1 exits with code 255 unless {path} is bind-mounted.",
    quotes: "This list is not valid JSON, so it declares volumes named {names}, not {path}. Remove it.",
    run: "started here",
  },
  fixes: {
    fix: "Remove {path} from VOLUME",
    drop: "Remove this VOLUME",
  },
  *check(subject, say) {
    const { image, containers } = subject;
    // Podman in systemd mode mounts the tree over the volume.
    if (onPodman(subject)) return;
    const broken = containers.find(({ source: { spec }, boot }) => boot.boots !== "no" && !bindsCgroup(spec));
    const path = cgroupPath;
    const found = image.volumes.filter(({ value }) => isCgroupRoot(value));
    const removal = found.length > 0 ? image.edit.removeVolumes(found.map(({ value }) => value)) : undefined;
    for (const volume of image.volumes) {
      if (!isCgroupRoot(volume.value.replace(/[[\]“”„'‘’]/g, "")) || isCgroupRoot(volume.value)) continue;
      const { instruction } = volume;
      const all = image.volumes.filter((other) => other.instruction === instruction);
      yield {
        span: volume.span,
        severity: "hint",
        message: say("quotes", { names: listed(all.map(({ value }) => value)), path }),
        fixes: [
          instruction.stage === image.from.stage
            ? editFix(image.edit.remove(instruction), say("drop"), false)
            : undefined,
        ],
      };
    }
    // A child image cannot remove a volume that its base image declares.
    const inherited = image.base?.volumes?.includes(path) === true;
    for (const volume of found) {
      yield {
        span: volume.span,
        severity: broken ? "error" : "warning",
        message: inherited
          ? say("inherited", { base: baseLabel(image), path })
          : broken
            ? say("used", { path, run: broken.source.name })
            : say("found", { path }),
        fixes: [inherited ? undefined : editFix(removal, say("fix", { path }), true)],
        related: broken ? [{ uri: broken.uri, span: broken.source.nameSpan, message: say("run") }] : [],
      };
    }
  },
});

function bindsCgroup(spec: ContainerSpec): boolean {
  if (writableCgroups(spec)?.on) return false;
  return spec.mounts.some(({ type, target }) => type === "bind" && isCgroupRoot(target));
}
