import type { Dependencies, Refusal } from "../ports";
import { questions } from "../texts/questions";
import { refusals } from "../texts/refusals";

/**
 * The address that the settings name. One that the settings of a workspace name may lead anywhere, so its first
 * use there asks, also where the workspace is trusted; rejects with a fault where that is declined.
 */
export async function engineHost({ ui, memory }: Dependencies): Promise<string | undefined> {
  const { address, fromWorkspace } = ui.engineHost() ?? {};
  const { hosts = [] } = memory;
  if (address === undefined || !fromWorkspace || hosts.includes(address)) return address;
  const allowed = await ui.confirm(...questions.useEngine(ui.t, address));
  if (!allowed) {
    const { message, hint } = refusals.engineDeclined(ui.t, address);
    throw Object.assign(new Error(message), { code: "engine-declined" as const, hint }) satisfies Refusal;
  }
  memory.hosts = [...hosts, address];
  return address;
}
