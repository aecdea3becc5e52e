import type { Dependencies, Refusal } from "../ports";

/**
 * The address that the settings name. One that the settings of a workspace name may lead anywhere, so its first
 * use there asks, also where the workspace is trusted; rejects with a fault where that is declined.
 */
export async function engineHost({ ui, memory }: Dependencies): Promise<string | undefined> {
  const { address, fromWorkspace } = ui.engineHost() ?? {};
  const { hosts = [] } = memory;
  if (address === undefined || !fromWorkspace || hosts.includes(address)) return address;
  const allowed = await ui.confirm(
    ui.t("Use the container engine at {0}?", address),
    ui.t(
      "The settings of this workspace name this address. The engine there gets the files that are built, with build arguments and registry logins, and runs what is started.",
    ),
    ui.t("Use This Engine"),
  );
  if (!allowed) {
    const message = ui.t("The engine at {0} is not used: you did not allow it.", address);
    const hint = ui.t(
      "Run the command again to allow it, or remove systemdContainers.engine.host from the settings of the workspace.",
    );
    throw Object.assign(new Error(message), { code: "engine-declined" as const, hint }) satisfies Refusal;
  }
  memory.hosts = [...hosts, address];
  return address;
}
