import type { SpecChange } from "../../container/spec";
import { isPlan } from "../../plan/plan";
import type { ContainerSubject } from "../../project/subject";
import { stepsFix } from "../queries/fixes";
import { lackingMounts, unprivileged } from "../queries/lacking";
import { seesMountNeed } from "../queries/mount-needs";
import { placeOf, toDisplay } from "../queries/run-file";
import { baseOf } from "../queries/run-image";
import { containerRule, type Severity } from "../rule";

/** From here on a unit fails when its mounts are refused although it got a mount namespace (systemd, namespace.c). */
const failsOnRefusedMounts = 240;

export const runCapabilityUnneeded = containerRule({
  id: "run-capability-unneeded",
  title: "No SYS_ADMIN, no unconfined profiles",
  severity: "information",
  why: `
    \`SYS_ADMIN\`, \`seccomp=unconfined\` and \`apparmor=unconfined\` are what systemd in a container once needed.
    It needs none of them where the cgroup tree is writable and \`/run\` is mounted from outside, and each of
    them opens ways to the host.

    With SYS_ADMIN under AppArmor it is worse than needless. seccomp then lets a unit unshare its mounts,
    AppArmor denies it to change them, and from systemd 240 on that is an error: every unit with PrivateTmp=
    or ProtectSystem= fails. Without the capability systemd skips such options.
  `,
  consequence:
    "It boots with a wide way to the host; with SYS_ADMIN under AppArmor sandboxed units fail with 226/NAMESPACE.",
  symptoms: ["degraded", "host-access"],
  ignore: "Something that is not seen here mounts file systems or traces processes, and needs it.",
  evidence: {
    sourced: "systemd, src/core/namespace.c (239 to 256); moby, the default seccomp and AppArmor profiles",
    why: "the kernel of the lab has no AppArmor. That SYS_ADMIN is not needed was measured: every boot of the lab goes without.",
  },
  messages: {
    found:
      "systemd needs no {option} where its cgroup tree is writable and /run is mounted, and it opens a way to the host.",
    fails:
      "Under AppArmor {option} makes units with PrivateTmp= or ProtectSystem= fail (226/NAMESPACE) with systemd {version}; without it systemd skips what it may not do.",
    redundant: "{option} is part of what privileged gives.",
  },
  fixes: {
    remove: "Remove {option}",
    replace: "Remove {option}, and add {what}",
  },
  *check(subject, say) {
    const { source, plan } = subject;
    const { spec } = source;
    const steps = needless(spec.capabilities, spec.securityOptions);
    if (steps.length === 0 || seesMountNeed(subject)) return;
    for (const step of steps) {
      const option = String(step.value);
      const [name, severity] = judge(subject, option);
      // What the option let systemd mount by itself is mounted from outside, in the same edit.
      const tmpfs = lackingMounts(subject, unprivileged(spec));
      const title =
        tmpfs.length > 0
          ? say("replace", { option, what: toDisplay(source, tmpfs) })
          : say("remove", { option });
      yield {
        span: placeOf(source, { key: step.key, item: step.value }),
        severity,
        message: say(name, { option, version: String(baseOf(subject)?.systemdVersion) }),
        // Without a plan it is not known what has to take its place.
        fixes: [isPlan(plan) ? stepsFix(source, [step, ...tmpfs], title, false) : undefined],
      };
    }
  },
});

type Drop = Extract<SpecChange, { do: "add" | "drop" }> & {
  readonly key: "capabilities" | "securityOptions";
};

function needless(capabilities: readonly string[], options: readonly string[]): Drop[] {
  return [
    ...capabilities
      .filter((name) => name === "SYS_ADMIN")
      .map((value): Drop => ({ do: "drop", key: "capabilities", value })),
    ...options
      .filter((option) => /^(seccomp|apparmor)[=:]unconfined$/.test(option))
      .map((value): Drop => ({ do: "drop", key: "securityOptions", value })),
  ];
}

function judge(
  subject: ContainerSubject,
  option: string,
): [message: "redundant" | "fails" | "found", Severity] {
  const { source, target } = subject;
  if (source.spec.privileged) return ["redundant", "hint"];
  const unconfined = source.spec.securityOptions.some((other) => /^apparmor[=:]unconfined$/.test(other));
  const fails = (baseOf(subject)?.systemdVersion ?? 0) >= failsOnRefusedMounts;
  return option === "SYS_ADMIN" && target?.appArmor && !unconfined && fails
    ? ["fails", "warning"]
    : ["found", "information"];
}
