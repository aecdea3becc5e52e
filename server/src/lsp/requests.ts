import { launches, launchNames } from "../core/launch/launch";
import { isPlan } from "../core/launch/plan";
import { commandFor, createOptions, explain, renderCompose } from "../core/launch/render";
import { rightSignal } from "../core/launch/signal";
import { format } from "../core/message";
import type { FileKind, Snapshot } from "../core/project";
import { readTarget, type Settings } from "../core/settings";
import type { PlanParams, PlanResult } from "../protocol";

/** The answer where there is no plan, with the reason for the user. */
export const noPlan = (refused: string): PlanResult => ({ ...nothing, refused });

const nothing: PlanResult = {
  createOptions: {},
  docker: [],
  podman: [],
  compose: "",
  stopSignal: rightSignal,
  explain: [],
  ports: [],
  boots: "no",
  stages: [],
};

/** How to start what a file describes; `refused` says why it cannot be. */
export function answerPlan(
  { uri, name, reference, facts }: PlanParams,
  snapshot: Snapshot,
  settings: Settings,
  kind: FileKind | undefined,
): PlanResult {
  const text = snapshot.read(uri);
  if (text === undefined) return noPlan("The file cannot be read.");
  const target = readTarget(facts) ?? settings.target;
  const file = { uri, text, kind, snapshot };
  const stages = launchNames(file);
  const [launch] = launches(file, target, { name, reference });
  if (!launch) return { ...nothing, stages, refused: "Nothing in this file starts systemd." };
  const { plan, boot, exposed } = launch;
  const base = { ...nothing, boots: boot.boots, ports: exposed, stages };
  if (!isPlan(plan)) return { ...base, refused: format(plan.refused) };
  return {
    ...base,
    createOptions: createOptions(plan.run, plan.image.reference),
    docker: commandFor(plan, "docker"),
    podman: commandFor(plan, "podman"),
    compose: renderCompose({ ...plan.run, image: plan.image.reference }, launch.name),
    stopSignal: plan.run.stopSignal ?? plan.image.stopSignal ?? rightSignal,
    explain: explain(plan).map(({ what, why, cost }) => ({
      what,
      why: format(why),
      cost: cost && format(cost),
    })),
  };
}
