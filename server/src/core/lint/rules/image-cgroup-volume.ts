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
  title: "No volume over the cgroup tree",
  severity: "warning",
  why: `
    A VOLUME makes the engine mount an ordinary, empty directory there, in place of the cgroup file system
    that it mounts by itself. It does not make the host's tree appear. systemd then finds no cgroups and
    gives up, unless the command that starts the container binds the real tree over the volume again.
    Settings that act on the engine's own mount (\`writable-cgroups=true\`, \`--privileged\`) are defeated.
  `,
  consequence:
    'PID 1 exits 255: "Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted", unless the run binds /sys/fs/cgroup.',
  symptoms: ["exit-255"],
  ignore:
    "Hardly ever. Whoever binds /sys/fs/cgroup at every start is not hurt by the volume, but does not need it either.",
  evidence: {
    measured:
      'exit 255 on Docker 28.5, cgroup v2, systemd 252, with and without writable-cgroups=true; with other quotes than " it boots.',
  },
  messages: {
    found:
      "This volume puts an empty directory in place of the cgroup tree; without a bind of {path} PID 1 exits 255. Remove it.",
    used: "This volume puts an empty directory in place of the cgroup tree, and {run} does not bind {path} over it: PID 1 exits 255. Remove it.",
    inherited:
      "{base} has this volume too, so removing it here changes nothing: without a bind of {path} PID 1 exits 255.",
    quotes: "This list is not JSON, so it declares volumes called {names} and none on {path}. Remove it.",
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
    // What the base image declares, a child cannot take back.
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
