import { missing } from "../../plan/missing";
import { unmetNeeds } from "../../plan/needs";
import { addTitle, stepsFix } from "../queries/fixes";
import { toDisplay } from "../queries/run-file";
import { plannedContainerRule } from "../rule";

export const runCapabilityMissing = plannedContainerRule({
  id: "run-capability-missing",
  title: "Give services the capabilities they need",
  severity: "warning",
  why: `
    A container has the engine's short list of capabilities and no device of the host. systemd boots with
    that, and so do most services. One that sets the clock, writes packet filter rules or opens a tunnel
    does not, and needs its capability or device by name; that is far less than a privileged container.
  `,
  consequence: "The service fails, or skips itself without a word (ConditionCapability=).",
  symptoms: ["degraded"],
  ignore: "The service is to do without: chronyd with `-x`, a firewall that stays empty.",
  evidence: {
    measured:
      "Docker 28.5 and Podman 5.8, cgroup v2, systemd 252: the services below fail or are skipped without what the launch " +
      "plan grants them, and work with it. What others need is from capabilities(7) and their units.",
  },
  messages: {
    found: "{units} lacks {what}, which an engine gives only when it is asked to.",
  },
  *check({ source, plan }, say) {
    const workloads = plan.requirements.filter(({ id }) => id === "workload");
    const lacks = workloads.filter((requirement) => missing(source.spec, requirement).length > 0);
    if (lacks.length === 0) return;
    const units = unmetNeeds(plan.image.needs, plan.facts)
      .filter(({ reason }) => lacks.some((requirement) => requirement.reason === reason))
      .map(({ unit }) => unit);
    const steps = lacks.flatMap((requirement) => missing(source.spec, requirement));
    yield {
      span: source.nameSpan,
      message: say("found", { units: units.join(", "), what: toDisplay(source, steps) }),
      fixes: [stepsFix(source, steps, addTitle(source, steps), false)],
    };
  },
});
