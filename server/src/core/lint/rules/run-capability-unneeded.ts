import type { SpecChange } from "../../container/spec";
import { isPlan } from "../../plan/plan";
import type { ContainerSubject } from "../../project/subject";
import { stepsFix } from "../queries/fixes";
import { lacking, lackingMounts, unprivileged } from "../queries/lacking";
import { seesMountNeed } from "../queries/mount-needs";
import { placeOf, toDisplay } from "../queries/run-file";
import { containerRule, type Severity } from "../rule";

/**
 * The first version of systemd in which a unit with a mount namespace fails if its mounts are refused (systemd,
 * namespace.c).
 */
const failsOnRefusedMounts = 240;

export const runCapabilityUnneeded = containerRule({
  id: "run-capability-unneeded",
  title: "Avoid SYS_ADMIN and unconfined security profiles",
  severity: "information",
  pods: true,
  why: `
    Older versions of systemd needed \`SYS_ADMIN\`, \`seccomp=unconfined\` or \`apparmor=unconfined\` in a container.
    Today, none of them is needed if the cgroup tree is writable and the engine mounts \`/run\`. Each of them weakens
    isolation from the host.

    SYS_ADMIN together with AppArmor even causes failures: seccomp then lets systemd create a mount namespace for a
    unit, but AppArmor denies the mounts in it. Since systemd 240 this is an error, and every unit with
    \`PrivateTmp=\` or \`ProtectSystem=\` fails. Without the capability, systemd skips these options.

    \`ALL\` grants every capability, including SYS_ADMIN. With \`systempaths=unconfined\`, root in the container can
    write to all of \`/proc/sys\` and read the paths that engines hide.
  `,
  consequence:
    "The container boots with weaker isolation. With SYS_ADMIN and AppArmor, sandboxed units fail with 226/NAMESPACE.",
  symptoms: ["degraded", "host-access"],
  ignore:
    "If the container runs a program that mounts file systems or traces processes, and this rule does not detect it, you can disable this rule.",
  evidence: {
    sourced: "systemd, src/core/namespace.c (239 to 256); moby, the default seccomp and AppArmor profiles",
    why: "the kernel in our tests has no AppArmor. All boots in our tests run without SYS_ADMIN, which shows that systemd does not need it.",
  },
  messages: {
    found:
      "{option} weakens isolation. It is not needed if the cgroup tree is writable and the engine mounts /run.",
    fails:
      "With AppArmor and systemd {version}, {option} makes units with PrivateTmp= or ProtectSystem= fail (226/NAMESPACE). Remove it.",
    all: "{option} grants every capability, which is almost equivalent to root on the host. systemd needs none beyond the engine's defaults.",
    redundant: "{option} is already included in privileged mode.",
  },
  fixes: {
    remove: "Remove {option}",
    replace: "Remove {option} and add {what}",
  },
  *check(subject, say) {
    const { source, plan } = subject;
    const { spec } = source;
    const steps = unneeded(spec.capabilities, spec.securityOptions);
    if (steps.length === 0 || seesMountNeed(subject)) return;
    for (const step of steps) {
      const option = String(step.value);
      const [name, severity] = judge(subject, option);
      // The same edit adds the mounts that systemd cannot create without this option and, for ALL, the capabilities
      // that services need.
      const instead = [
        ...lackingMounts(subject, unprivileged(spec)),
        ...(option === "ALL" ? lacking(subject, ["workload"], unprivileged(spec)) : []),
      ];
      const title =
        instead.length > 0
          ? say("replace", { option, what: toDisplay(source, instead) })
          : say("remove", { option });
      yield {
        span: placeOf(source, { key: step.key, item: step.value }),
        severity,
        message: say(name, { option, version: String(subject.base?.systemdVersion) }),
        // Without a plan, the replacement is unknown.
        fixes: [isPlan(plan) ? stepsFix(source, [step, ...instead], title, false) : undefined],
      };
    }
  },
});

type Drop = Extract<SpecChange, { do: "add" | "drop" }> & {
  readonly key: "capabilities" | "securityOptions";
};

function unneeded(capabilities: readonly string[], options: readonly string[]): Drop[] {
  return [
    ...capabilities
      .filter((name) => name === "SYS_ADMIN" || name === "ALL")
      .map((value): Drop => ({ do: "drop", key: "capabilities", value })),
    ...options
      .filter((option) => /^(seccomp|apparmor|systempaths)[=:]unconfined$/.test(option))
      .map((value): Drop => ({ do: "drop", key: "securityOptions", value })),
  ];
}

function judge(
  subject: ContainerSubject,
  option: string,
): [message: "redundant" | "fails" | "found" | "all", Severity] {
  const { source, target } = subject;
  if (source.spec.privileged) return ["redundant", "hint"];
  if (option === "ALL") return ["all", "information"];
  const unconfined = source.spec.securityOptions.some((other) => /^apparmor[=:]unconfined$/.test(other));
  const fails = (subject.base?.systemdVersion ?? 0) >= failsOnRefusedMounts;
  return option === "SYS_ADMIN" && target?.appArmor && !unconfined && fails
    ? ["fails", "warning"]
    : ["found", "information"];
}
