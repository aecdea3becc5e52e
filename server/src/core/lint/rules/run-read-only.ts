import type { SpecChange } from "../../container/spec";
import { isSystemdPath } from "../../image/init";
import type { ContainerSubject } from "../../project/subject";
import { canonicalPath } from "../../systemd/paths";
import { stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf, toDisplay } from "../queries/run-file";
import { containerRule } from "../rule";

/** Directories that systemd and its services write to, in addition to the mounts of the launch plan. */
const written = ["/var/log", "/var/lib/systemd", "/var/tmp"];

export const runReadOnly = containerRule({
  id: "run-read-only",
  title: "Add writable mounts to a read-only container",
  severity: "warning",
  why: `
    systemd boots from a read-only root file system, but systemd and its services write to more directories than
    \`/run\`: the journal to \`/var/log\`, random seeds and timers to \`/var/lib/systemd\`, and temporary files to
    \`/tmp\` and \`/var/tmp\`. Each of these directories needs a tmpfs or a volume.
  `,
  consequence:
    "`systemctl is-system-running` reports `degraded`, because units fail if they cannot write to the file system.",
  symptoms: ["degraded"],
  ignore:
    "If nothing in your image writes to these paths, and the degraded state is acceptable, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: with a read-only root and a tmpfs on /run, /run/lock and /tmp, the " +
      "system state is degraded, and the container stops in 0.2 s (exit code 0).",
  },
  messages: {
    found: "The root file system is read-only. Units that write to {paths} fail, and the system is degraded.",
  },
  fixes: {
    fix: "Add {what}",
  },
  *check(subject, say) {
    const { source } = subject;
    if (source.spec.readOnly !== true || preparesItself(subject)) return;
    const steps = absent(subject);
    if (steps.length === 0) return;
    const paths = steps
      .map((step) => (step.do === "add" && step.key === "tmpfs" ? step.value.path : ""))
      .join(", ");
    yield {
      span: placeOf(source, { key: "readOnly" }),
      message: say("found", { paths }),
      fixes: [stepsFix(source, steps, say("fix", { what: toDisplay(source, steps) }), false)],
    };
  },
});

/** Whether a published image starts with a script, which may link these directories to a volume, as FreeIPA's does. */
function preparesItself({ base }: ContainerSubject): boolean {
  const [program] = base?.entrypoint ?? [];
  return program !== undefined && !isSystemdPath(program);
}

/** The missing tmpfs mounts. A writable mount of a parent directory also counts. */
function absent(subject: ContainerSubject): SpecChange[] {
  const { spec } = subject.source;
  const mounted = [
    ...spec.tmpfs.map(({ path }) => path),
    ...spec.mounts.filter((m) => !m.readOnly).map((m) => m.target),
  ];
  const covered = (path: string) =>
    mounted.some((above) => `${path}/`.startsWith(`${canonicalPath(above)}/`));
  return [
    ...lacking(subject, ["tmpfs-run", "tmpfs-run-lock", "tmpfs-tmp"]),
    ...written
      .filter((path) => !covered(path))
      .map((path): SpecChange => ({ do: "add", key: "tmpfs", value: { path, options: [] } })),
  ];
}
