import type { Container, Dependencies, Engine } from "../ports";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";
import { questions } from "../texts/questions";

/**
 * Removes a container after confirmation. It is stopped cleanly first, so that its services can finish writing to its
 * volumes.
 */
export async function removeAfterAsking(
  deps: Dependencies,
  engine: Engine,
  container: Container,
): Promise<void> {
  const { ui } = deps;
  const { name } = container;
  const yes = await ui.confirm(...questions.remove(ui.t, name, container.running));
  if (!yes) return;
  await ui.progress(progress.removing(ui.t, name), async () => {
    if (container.running) await engine.stop(container);
    await engine.remove(container);
  });
  ui.tell("info", notices.removed(ui.t, name));
}
