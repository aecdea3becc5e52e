import type { Container, Dependencies, Engine } from "../ports";
import { running } from "./connect";

/** Stops the container cleanly before it is removed, so that its volumes are left as its services want them. */
export async function removeAfterAsking(
  deps: Dependencies,
  engine: Engine,
  container: Container,
): Promise<void> {
  const { ui } = deps;
  const { name } = container;
  const yes = await ui.confirm(
    ui.t("Remove {0}?", name),
    container.running
      ? ui.t("It is running. It will be stopped and removed, including any changes made in it.")
      : ui.t("It will be removed, including any changes made in it."),
    ui.t("Remove"),
  );
  if (!yes) return;
  await ui.progress(ui.t("Removing {0}", name), async () => {
    if (container.running) await engine.stop(container);
    await engine.remove(container);
  });
  await running(deps, engine);
  ui.tell("info", ui.t("Removed {0}.", name));
}
