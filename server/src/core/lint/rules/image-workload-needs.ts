import { enabledBy } from "../../boot/target";
import type { ContainerSpec } from "../../container/spec";
import { needsOfImage } from "../../plan/image-needs";
import { missing, servesWithheld } from "../../plan/missing";
import { stepsOf, unmetNeeds } from "../../plan/needs";
import { isPlan } from "../../plan/plan";
import type { Need } from "../../plan/types";
import { everyRun } from "../queries/every-run";
import { programSpan } from "../queries/program";
import { imageRule } from "../rule";

export const imageWorkloadNeeds = imageRule({
  id: "image-workload-needs",
  title: "Know what an enabled service needs from the engine",
  severity: "information",
  why: `
    systemd itself boots without any added privilege, but some services do not work without a capability or a
    device: setting the clock, mounting, packet filters, tunnels. An image cannot ask for them. They are
    granted when the container is started, one by one; \`--privileged\` would grant them all and the host with
    them.
  `,
  consequence:
    "The container boots, and this service fails or is skipped unless the run grants what it needs.",
  symptoms: ["degraded"],
  ignore: "The service is enabled for hosts that grant what it needs, and may be skipped elsewhere.",
  evidence: {
    measured:
      "Docker 28.5 and Podman 5.8, cgroup v2, systemd 252: the services below do their work under the launch plan, and fail " +
      "or are skipped without what it grants them. What others need is from capabilities(7) and their documentation.",
  },
  messages: {
    needs: "{reason} Start the container with: {needs}.",
    withheld: "{reason}",
  },
  *check(subject, say) {
    const { image, plan, target } = subject;
    const facts = isPlan(plan) ? plan.facts : (target ?? ({ engine: "docker" } as const));
    const places = new Map(enabledBy(image).map(({ unit, span }) => [unit, span]));
    for (const need of unmetNeeds(needsOfImage(subject), facts)) {
      if (everyRun(subject, (spec) => grants(spec, need))) continue;
      const needs = [...need.capabilities, ...need.devices, ...(need.securityOptions ?? [])].join(", ");
      const { reason } = need;
      yield {
        span: places.get(need.unit) ?? programSpan(subject),
        message: need.withheld ? say("withheld", { reason }) : say("needs", { reason, needs }),
      };
    }
  },
});

/** Says whether a run grants the need already; what is withheld from every plan takes privileges. */
function grants(spec: ContainerSpec, need: Need): boolean {
  if (need.withheld) return servesWithheld(spec, need);
  const requirement = {
    id: "workload",
    steps: stepsOf(need),
    reason: need.reason,
    byPrivilege: true,
  } as const;
  return missing(spec, requirement).length === 0;
}
