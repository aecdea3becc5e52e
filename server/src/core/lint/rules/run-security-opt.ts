import { applySteps, type SpecChange } from "../../container/spec";
import { majorVersion } from "../../engine";
import type { ContainerSubject } from "../../project/subject";
import { cgroupPath } from "../../systemd/paths";
import { cgroupFixes } from "../queries/cgroup-fixes";
import { writableCgroups } from "../queries/cgroup-tree";
import { stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import { containerRule, type Fix, type SayOf } from "../rule";

type Drop = Extract<SpecChange, { key: "securityOptions"; value: string }>;

const messages = {
  bare: "{option} needs a value (invalid security-opt). Use {right}.",
  podman: "Podman does not support {option} (invalid --security-opt) and does not need it.",
  old: "Docker {version} does not support {option} (invalid --security-opt). It requires Docker 28 or later.",
  userns: "Rootless Docker and userns-remap do not support {option} (conflicts with user namespaces).",
  volume: "{option} has no effect because the image has VOLUME {path}: PID 1 exits with code 255.",
} as const;

const fixes = {
  write: "Replace with {right}",
  remove: "Remove {option}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runSecurityOpt = containerRule({
  id: "run-security-opt",
  title: "Use writable-cgroups only where supported",
  severity: "error",
  why: `
    \`writable-cgroups=true\` is an option of rootful Docker 28 and later without userns-remap. All other engines
    do not create the container: older Docker and Podman do not support the option, and rootless Docker and
    userns-remap forbid it. Without a value, Docker's command line and Compose reject the option, although the
    engine would accept it. The option applies to the engine's mount of the cgroup tree, so it has no effect if the
    image has a VOLUME on that path.
  `,
  consequence:
    "The engine does not create or start the container or, if the image has a VOLUME on the cgroup tree, PID 1 exits with code 255.",
  symptoms: ["not-started", "exit-255"],
  ignore:
    "There is no known reason to disable this rule: the engine rejects the option, or it has no effect.",
  evidence: {
    measured:
      "Docker 20.10 and 26.1, cgroup v1 and v2, reject the option (invalid --security-opt). Docker 28.5 with " +
      "userns-remap rejects it (option WritableCgroups conflicts with user namespaces and rootless mode). On " +
      "Docker 28.5, PID 1 exits with code 255 if the image has VOLUME /sys/fs/cgroup.",
  },
  sources: ["docker/cli, cli/command/container/opts.go", "podman, pkg/specgenutil/specgen.go"],
  messages,
  fixes,
  *check(subject, say) {
    const { source, target } = subject;
    const found = writableCgroups(source.spec);
    if (!found) return;
    const { option, bare, on } = found;
    const span = placeOf(source, { key: "securityOptions", item: option });
    const drop: Drop = { do: "drop", key: "securityOptions", value: option };

    if (target?.engine === "podman") {
      const remove = stepsFix(source, [drop], say("remove", { option }), true);
      yield { span, message: say("podman", { option }), fixes: [remove] };
      return;
    }
    const major = target && majorVersion(target);
    if (target?.version && major !== undefined && major < 28) {
      yield {
        span,
        message: say("old", { option, version: target.version }),
        fixes: instead(subject, drop, say),
      };
    } else if (target?.rootless || target?.usernsRemap) {
      yield { span, message: say("userns", { option }), fixes: instead(subject, drop, say) };
    } else if (on && baseHidesTree(subject)) {
      yield {
        span,
        message: say("volume", { option, path: cgroupPath }),
        fixes: instead(subject, drop, say),
      };
    } else if (bare) {
      const right = `${option}=true`;
      const steps: SpecChange[] = [drop, { do: "add", key: "securityOptions", value: right }];
      yield {
        span,
        message: say("bare", { option, right }),
        fixes: [stepsFix(source, steps, say("write", { right }), true)],
      };
    }
  },
});

/**
 * If the tree is writable without the option (through privileges or a bind mount of the host's tree), the fix removes
 * the option.
 */
function instead(subject: ContainerSubject, drop: Drop, say: Say): (Fix | undefined)[] {
  const { source } = subject;
  if (lacking(subject, ["cgroup-writable"], applySteps(source.spec, [drop])).length > 0)
    return cgroupFixes(subject);
  return [stepsFix(source, [drop], say("remove", { option: drop.value }), true)];
}

/**
 * Whether the base image has a VOLUME over the tree, which cannot be removed. A VOLUME in the Dockerfile is reported
 * by another rule.
 */
function baseHidesTree(subject: ContainerSubject): boolean {
  return subject.base?.volumes?.includes(cgroupPath) ?? false;
}
