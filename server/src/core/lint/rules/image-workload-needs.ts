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
  title: "Grant enabled services the privileges they need",
  severity: "information",
  why: `
    systemd boots without added privileges, but some services need a capability or device: for example, to set the
    clock, mount file systems, filter packets or open tunnels. An image cannot request them; grant them one by one
    when you start the container. \`--privileged\` would grant all of them, and access to the host as well.
  `,
  consequence: "The container boots, but services without the privileges they need fail or are skipped.",
  symptoms: ["degraded"],
  ignore:
    "If the service is enabled for hosts that grant its privileges, and can be skipped elsewhere, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5 and Podman 5.8, cgroup v2, systemd 252: the services below work with the launch plan, and fail or " +
      "are skipped without the privileges that it grants. The needs of other services are taken from capabilities(7) " +
      "and from their documentation.",
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

/** Whether a container already meets the need. Needs that no plan meets require privileges. */
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
