import type { Instead, Ui } from "../ports";
import type { Text } from "../text";
import type { Boot } from "./plan";

/** The same boot with what is free in place of what is taken. Its image is built by then. */
export function withInstead(boot: Boot, instead: Instead): Boot {
  const rest = { ...boot, build: undefined };
  if ("name" in instead) return { ...rest, name: instead.name };
  const createOptions = withPort(boot.plan.createOptions, instead.port);
  return { ...rest, plan: { ...boot.plan, createOptions } };
}

/** What a button says that goes on so. */
export function titleOf({ t }: Ui, instead: Instead): Text {
  return "name" in instead ? t("Use {0}", instead.name) : t("Use Port {0}", instead.port.free);
}

interface Binding {
  readonly HostPort?: string;
}

function withPort(
  createOptions: Readonly<Record<string, unknown>>,
  { taken, free }: { readonly taken: number; readonly free: number },
): Readonly<Record<string, unknown>> {
  const HostConfig = createOptions.HostConfig as { readonly PortBindings?: Record<string, Binding[]> };
  const moved = ({ HostPort, ...rest }: Binding) => ({
    ...rest,
    HostPort: HostPort === String(taken) ? String(free) : HostPort,
  });
  const bindings = Object.entries(HostConfig?.PortBindings ?? {}).map(([port, hosts]) => [
    port,
    hosts.map(moved),
  ]);
  return { ...createOptions, HostConfig: { ...HostConfig, PortBindings: Object.fromEntries(bindings) } };
}
