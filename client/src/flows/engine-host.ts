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
      "This address is set in the workspace settings. The engine there receives your build files, build arguments and registry credentials, and runs your containers.",
    ),
    ui.t("Use This Engine"),
  );
  if (!allowed) {
    const message = ui.t("The engine at {0} is not used because you did not allow it.", address);
    const hint = ui.t(
      "Run the command again to allow it, or remove systemdContainers.engine.host from the workspace settings.",
    );
    throw Object.assign(new Error(message), { code: "engine-declined" as const, hint }) satisfies Refusal;
  }
  memory.hosts = [...hosts, address];
  return address;
}
