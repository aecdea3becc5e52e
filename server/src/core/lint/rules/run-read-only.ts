import type { SpecChange } from "../../container/spec";
import type { ContainerSubject } from "../../project/subject";
import { canonicalPath } from "../../systemd/paths";
import { stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf, toDisplay } from "../queries/run-file";
import { containerRule } from "../rule";

/** What systemd and its own services write to, beside what the launch plan mounts. */
const written = ["/var/log", "/var/lib/systemd", "/var/tmp"];

export const runReadOnly = containerRule({
  id: "run-read-only",
  title: "A read-only root needs places to write",
  severity: "warning",
  why: `
    systemd boots from a read-only root file system, but it and its services write in more places than
    \`/run\`: the journal to \`/var/log\`, random seeds and timers to \`/var/lib/systemd\`, temporary files to
    \`/tmp\` and \`/var/tmp\`. Each of them needs a tmpfs or a volume.
  `,
  consequence: "systemctl is-system-running says degraded: units that cannot write fail.",
  symptoms: ["degraded"],
  ignore: "The paths are written by nothing that your image starts, and a degraded state bothers nobody.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252, read-only root with a tmpfs on /run, /run/lock and /tmp: degraded, stops in 0.2 s with 0.",
  },
  messages: {
    found: "With a read-only root units that write to {paths} fail, and the system comes up degraded.",
  },
  fixes: {
    fix: "Add {what}",
  },
  *check(subject, say) {
    const { source } = subject;
    if (source.spec.readOnly !== true) return;
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

/** The tmpfs that are missing; a mount above a path is a place to write too. */
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
