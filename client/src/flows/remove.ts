import type { Container, Dependencies, Engine } from "../ports";
import { running } from "./connect";

/** Stops the container in order before it is removed, so that its volumes are left as its services want them. */
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
      ? ui.t("It is running. It is stopped, and removed with what was changed in it.")
      : ui.t("It is removed with what was changed in it."),
    ui.t("Remove"),
  );
  if (!yes) return;
  await ui.progress(ui.t("Removing {0}", name), async () => {
    if (container.running) await engine.stop(container);
    await engine.remove(container);
  });
  await running(deps, engine);
  ui.tell("info", ui.t("{0} was removed.", name));
}
