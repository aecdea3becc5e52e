import { chooseContainer, connect } from "../flows/connect";
import { askReference, pushButton } from "../flows/push";
import type { Dependencies } from "../ports";
import { images } from "../texts/images";

/** Creates an image from a container, including the changes made in it. */
export async function commit(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called, "all");
  if (!container) return;
  const { name, image = name } = container;
  const proposed = `${repositoryOf(image)}:snapshot`;
  const reference = await askReference(deps, images.commitAs(ui.t, name), proposed);
  if (reference === undefined) return;
  await ui.progress(images.committing(ui.t, name), (_report, signal) =>
    engine.commit(container, reference, signal),
  );
  ui.tell(
    "info",
    images.committed(ui.t, name, reference),
    pushButton(deps, engine, { id: reference, names: [reference] }),
    { title: images.bootImage(ui.t), run: () => ui.run("systemdContainers.bootImage", reference) },
  );
}

/** An image reference without its tag. */
function repositoryOf(reference: string): string {
  const at = reference.lastIndexOf(":");
  return at > reference.lastIndexOf("/") ? reference.slice(0, at) : reference;
}
