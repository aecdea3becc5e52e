import { kept } from "../../base/kept";
import { mostKeptPlans } from "../../base/limits";
import { onceFor } from "../../base/once";
import { flags } from "../../container/flags";
import { applySteps, bareSpec } from "../../container/spec";
import { isPlan, plan as planOf } from "../../plan/plan";
import { dockerArguments } from "../../plan/render/arguments";
import { displayCommand } from "../../plan/render/command";
import type { LaunchPlan, Refusal } from "../../plan/types";
import type { ImageSubject } from "../../project/subject";
import { isCgroupRoot } from "../../systemd/paths";
import { rightSignal } from "../../systemd/signal";
import { builtComposeFile } from "../queries/compose-file";
import { onPodman } from "../queries/engine";
import { editFix } from "../queries/fixes";
import { programSpan } from "../queries/program";
import { type Planned, plannedImageRule } from "../rule";

export const imageRunFlags = plannedImageRule({
  id: "image-run-flags",
  title: "Document the start options that systemd needs",
  severity: "hint",
  why: `
    systemd needs a writable cgroup tree and a mount on /run. On Debian and Ubuntu it also needs a mount on
    /run/lock. A Dockerfile cannot provide these: only the command that starts the container can.

    The message shows the options that the image still needs after its other findings are fixed. The fixes write the
    complete command for the current state of the image.
  `,
  consequence:
    "Users start the container without the options that systemd needs, and PID 1 exits with code 255.",
  symptoms: ["exit-255"],
  ignore:
    "If an orchestrator, a test tool or another repository starts the image with the required options, you can disable this rule.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5, cgroup v1 and v2, systemd 252, 257 and 262: with only -t, PID 1 exits with code 255; systemd 247 freezes instead.",
  },
  messages: {
    found: "Start this image with {options}",
    since: "Start this image with {options} (Docker {version} or later)",
  },
  fixes: {
    compose: "Create a compose.yaml that starts the image",
    comment: "Add the run command as a comment",
  },
  *check(subject, say) {
    const { image, plan, containers, target, uri } = subject;
    if (onPodman(subject) || containers.length > 0) return;
    // For an image that boots only on cgroup v1, there is no command that works on other hosts.
    if (plan.facts.cgroupVersion === 1 && target?.cgroupVersion === undefined) return;
    // A comment in the file already shows the command.
    if (/^\uFEFF?[ \t]*#.*\b(docker|podman|nerdctl)\s+(container\s+)?run\b/m.test(image.text)) return;
    const after = afterFixes(subject);
    const options = optionsOf(after);
    const compose = `${uri.slice(0, uri.lastIndexOf("/") + 1)}compose.yaml`;
    const isDefault = uri.endsWith("/Dockerfile");
    const free = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"].every(
      (name) => subject.readFile(name) === undefined,
    );
    yield {
      span: programSpan(subject),
      message: isNewer(after) ? say("since", { options, version: "28" }) : say("found", { options }),
      fixes: () => {
        const command = displayCommand(dockerArguments(plan.spec, "IMAGE"));
        return [
          isDefault && free
            ? {
                title: say("compose"),
                safe: false,
                steps: plan.requirements.flatMap(({ steps }) => steps),
                edits: [
                  {
                    uri: compose,
                    create: true,
                    span: { start: 0, end: 0 },
                    text: builtComposeFile(plan.spec),
                  },
                ],
              }
            : undefined,
          editFix(image.edit.insert(`# ${command}`, "before-program"), say("comment"), false),
        ];
      },
    };
  },
});

const recent = kept<LaunchPlan | Refusal>(mostKeptPlans);

/**
 * The plan for the image as it will be once Fix All has set its stop signal and variable and removed its cgroup
 * volume.
 */
function afterFixes({ image, facts, plan, target }: Planned<ImageSubject>): LaunchPlan {
  const own = new Set(image.volumes.map(({ value }) => value).filter(isCgroupRoot));
  const fixedFacts = {
    ...facts,
    containerEnv: facts.containerEnv || "docker",
    stopSignal: rightSignal,
    volumes: facts.volumes.filter((volume) => !own.has(volume)),
  };
  const engine = target ?? (plan.assumed ? undefined : plan.facts);
  const fixed = recent(
    JSON.stringify([fixedFacts, engine]),
    () => undefined,
    () => planOf(fixedFacts, engine),
  );
  return isPlan(fixed) ? fixed : plan;
}

const optionsOf = onceFor((plan: LaunchPlan) => flags(needed(plan)).join(" "));

/** The options that PID 1 needs to boot. */
function needed({ requirements }: LaunchPlan) {
  const ids = new Set(["cgroup-writable", "tmpfs-run", "tmpfs-run-lock", "user"]);
  const steps = requirements.filter(({ id, advice }) => ids.has(id) && !advice).flatMap(({ steps }) => steps);
  // A private cgroup namespace is Docker's default on cgroup v2.
  return {
    ...applySteps(
      bareSpec,
      steps.filter((step) => step.do !== "set" || step.value !== "private"),
    ),
  };
}

/** Whether the options need a newer Docker than many hosts have. */
function isNewer({ spec }: LaunchPlan): boolean {
  return spec.securityOptions.some((option) => option.startsWith("writable-cgroups"));
}
