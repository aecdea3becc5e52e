import { bootLabel } from "../../../../client/src/flows/trial-mark";
import type { Engine } from "../../../../client/src/ports";
import { faultWords } from "../../../../client/src/texts/faults";
import { bootTexts } from "../boot-texts";
import type { Deadline } from "./deadline";
import { english } from "./english";
import { faultIn } from "./fault-in";
import type { BootHost } from "./host";
import { leftOvers, removing } from "./mark";

/**
 * Prints what earlier commands left behind when they were killed, and how to remove it, and removes it if a user can
 * be asked and agrees. Does nothing if the engine fails to list it.
 */
export async function offerToRemove(engine: Engine, host: BootHost, deadline: Deadline): Promise<void> {
  const left = await leftOn(engine);
  if (left.length === 0) return;
  const lines = removing(left, engine.facts.engine);
  for (const line of [bootTexts.leftBefore, ...lines]) host.err(`${line}\n`);
  const { ask } = host;
  if (!ask || !(await deadline.apart((signal) => ask(bootTexts.removeNow, signal)))) return;
  for (const item of left) {
    try {
      await engine.removeLabelled(item);
    } catch (error) {
      const fault = faultIn(error);
      if (fault) host.err(`${item.name}: ${faultWords(english, fault).message}\n`);
    }
  }
  if ((await leftOn(engine)).length === 0) host.err(`${bootTexts.removed}\n`);
}

async function leftOn(engine: Engine) {
  return leftOvers(await engine.labelled(bootLabel).catch(() => []));
}
