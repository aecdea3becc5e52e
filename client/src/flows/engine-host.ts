import type { Dependencies, Refusal } from "../ports";
import { questions } from "../texts/questions";
import { refusals } from "../texts/refusals";

/**
 * The engine address from the settings. If it comes from workspace settings, it could point anywhere, so the user
 * must confirm its first use in that workspace, even if the workspace is trusted. Rejects with a refusal if the user
 * declines.
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
