import type { ContainerSource } from "../../container/source";
import type { SpecChange } from "../../container/spec";
import type { ImageSubject } from "../../project/subject";
import { canonicalPath, lockPath, runPath, tmpPath } from "../../systemd/paths";
import { editFix } from "../queries/fixes";
import { type Fix, imageRule, type SayOf } from "../rule";

const runtimePaths = [runPath, lockPath, tmpPath];

const messages = {
  covered: "Every container of this image mounts a tmpfs on {path}, so this volume is never used. Remove it.",
  found:
    "{path} becomes a volume on disk that survives restarts, with stale PID files and sockets. Mount a tmpfs there when you start the container.",
} as const;

const fixes = {
  remove: "Remove {path} from VOLUME",
  move: "Move {path} from VOLUME to a tmpfs for {runs}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageRuntimeVolume = imageRule({
  id: "image-runtime-volume",
  title: "Do not use VOLUME for /run, /run/lock or /tmp",
  severity: "warning",
  why: `
    /run, /run/lock and /tmp contain the state of the running system: PID files, sockets and /run/nologin. On a host,
    they are empty at boot. A VOLUME turns them into directories on disk that exist as long as the container does,
    so services find stale files after a restart. systemd accepts the volume because the path is a mount point, so
    the fault is easy to miss. Mount a tmpfs on these paths when you start the container.
  `,
  consequence:
    "The container boots, but stale PID files, sockets and /run/nologin survive a restart, and anonymous volumes pile up.",
  symptoms: ["login-refused", "no-effect"],
  ignore:
    "If a tmpfs cannot be mounted where the image runs, and containers are replaced instead of restarted, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252, VOLUME /run: the container boots, but after a restart, a service that left " +
      "its lock in /run fails, and the system is degraded. With a tmpfs, the service runs.",
  },
  messages,
  fixes,
  *check(subject, say) {
    const fixByPath = new Map<string, Fix | undefined>();
    for (const volume of subject.image.volumes) {
      const { value } = volume;
      const path = canonicalPath(value);
      if (!runtimePaths.includes(path)) continue;
      if (!fixByPath.has(value)) fixByPath.set(value, fixOf(subject, value, path, say));
      yield {
        span: volume.span,
        ...judge(subject, path, say),
        fixes: [fixByPath.get(value)],
      };
    }
  },
});

function judge({ containers }: ImageSubject, path: string, say: Say) {
  const started = containers.filter(({ boot }) => boot.boots !== "no");
  if (started.length > 0 && started.every(({ source }) => hasTmpfs(source, path)))
    return { severity: "hint", message: say("covered", { path }) } as const;
  return { severity: path === tmpPath ? "information" : "warning", message: say("found", { path }) } as const;
}

function hasTmpfs({ spec }: ContainerSource, path: string): boolean {
  return spec.tmpfs.some((tmpfs) => canonicalPath(tmpfs.path) === path);
}

/**
 * Without the volume, the container would no longer boot unless a tmpfs replaces it. So the same edit adds the mount,
 * and there is no fix if no container is known.
 */
function fixOf(
  { image, containers, uri }: ImageSubject,
  volume: string,
  path: string,
  say: Say,
): Fix | undefined {
  const remove = image.edit.removeVolumes([volume]);
  const started = containers.filter(({ boot }) => boot.boots !== "no");
  if (!remove || started.length === 0) return undefined;
  const without = started.filter(({ source }) => !mountsAt(source, path));
  if (without.length === 0) return editFix(remove, say("remove", { path }), false);
  const step: SpecChange = {
    do: "add",
    key: "tmpfs",
    value: { path, options: path === tmpPath ? ["exec", "mode=1777"] : [] },
  };
  const edits = remove.map((edit) => ({ ...edit, uri }));
  const changed = new Set<string>();
  for (const run of without) {
    const [change] = run.source.changes([step]);
    if (!change) return undefined;
    for (const name of change.runs) changed.add(name);
    edits.push(...change.edits.map((edit) => ({ ...edit, uri: run.uri })));
  }
  return {
    title: say("move", { path, runs: [...changed].join(", ") }),
    safe: false,
    edits,
  };
}

function mountsAt({ spec }: ContainerSource, path: string): boolean {
  const targets = [...spec.tmpfs.map((tmpfs) => tmpfs.path), ...spec.mounts.map((mount) => mount.target)];
  return spec.privileged === true || targets.some((target) => canonicalPath(target) === path);
}
