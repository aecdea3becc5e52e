import type { Dependencies, Engine, Instead, Ui } from "../ports";
import type { Text } from "../text";
import { buttons } from "../texts/buttons";
import { type Boot, creation } from "./plan";

/**
 * The same boot with a free name or port. Its image has already been built. If the server no longer has a plan for
 * it, shows the reason and returns undefined.
 */
export async function withInstead(
  deps: Dependencies,
  engine: Engine,
  boot: Boot,
  instead: Instead,
): Promise<Boot | undefined> {
  const rest = { ...boot, build: undefined };
  if ("name" in instead) return { ...rest, name: instead.name };
  const { options } = boot.asked;
  const replacePorts = [...(options?.replacePorts ?? []), instead.port];
  const asked = { ...boot.asked, options: { ...options, replacePorts } };
  const create = creation(deps, engine, boot.name, await deps.server.plan(asked));
  return create && { ...rest, asked, create };
}

/** The title of a button that continues with the free name or port. */
export function titleOf({ t }: Ui, instead: Instead): Text {
  return "name" in instead ? buttons.useName(t, instead.name) : buttons.usePort(t, instead.port.free);
}
