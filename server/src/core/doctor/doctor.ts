import { type Message, message } from "../base/message";
import type { Target } from "../engine";
import { isPlan } from "../plan/plan";
import { commandFor, displayCommand, type Explained } from "../plan/render/command";
import { type CreateRequest, createRequest } from "../plan/render/create";
import { explainParts } from "../plan/render/parts";
import type { LaunchPlan } from "../plan/types";
import type { Subject } from "../project/subject";
import { imageAlone } from "../project/subjects";
import type { Check } from "./check";
import { checks } from "./checks";
import type { EngineDetails } from "./engine";

/** What an engine means for containers whose PID 1 is systemd. */
export interface Diagnosis {
  /** `unsure`: not measured, or the engine reports too little; `costs`: it boots with less isolation. */
  readonly verdict: "boots" | "unsure" | "costs" | "fails";
  readonly summary: Message;
  readonly checks: readonly Check[];
  /** How systemd is started on the engine, with one reason per line; empty if it cannot boot. */
  readonly explain: readonly Explained[];
  readonly command: string;
  /** The request that creates the container for verification; absent if systemd cannot boot. */
  readonly start?: CreateRequest;
}

/** Examines an engine based on the properties that it reports; `image` is the one to boot for verification. */
export function diagnose(engine: EngineDetails, image: Subject): Diagnosis {
  const found = checks(engine);
  const launch = image.plan;
  if (!isPlan(launch)) {
    return { verdict: "fails", summary: launch.refused, checks: found, explain: [], command: "" };
  }
  const create = createRequest(launch);
  const { verdict, summary } = verdictOf(engine, launch, found);
  const command = displayCommand(commandFor(launch, engine.engine));
  return {
    ...{ verdict, summary, checks: found, explain: explainParts(launch, engine.engine), command },
    start: "refused" in create ? undefined : create,
  };
}

/** An image that contains systemd and about which nothing else is known. Its entry point is replaced. */
export function proofImage(reference: string, engine: EngineDetails): Subject {
  const argv = ["/sbin/init"];
  const facts = { reference, command: argv, argv, hasEntrypoint: true, volumes: [], needs: [] };
  return imageAlone(facts, engine as Target);
}

function verdictOf(
  engine: EngineDetails,
  launch: LaunchPlan,
  found: readonly Check[],
): Pick<Diagnosis, "verdict" | "summary"> {
  const bad = found.find(({ level }) => level === "bad");
  if (bad) return { verdict: "fails", summary: bad.meaning };
  if (launch.assumed) {
    const template =
      "The engine does not report enough information; assuming a recent version of Docker on cgroup v2. Boot an image to verify this.";
    return { verdict: "unsure", summary: message("doctor.verdict.assumed", template) };
  }
  if (engine.engine === "docker" && engine.usernsRemap) {
    const template =
      "With userns-remap, the result depends on the cgroup driver, and the driver of this engine is untested. To find out whether systemd boots, boot an image.";
    return { verdict: "unsure", summary: message("doctor.verdict.userns", template) };
  }
  const cost = launch.requirements.find((requirement) => requirement.cost)?.cost;
  if (cost) {
    const summary = message("doctor.verdict.costs", "systemd boots here at a cost: {cost}", { cost });
    return { verdict: "costs", summary };
  }
  return {
    verdict: "boots",
    summary: message("doctor.verdict.boots", "systemd boots here without extra privileges."),
  };
}
