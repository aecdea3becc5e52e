import { chooseContainer, connect } from "../flows/connect";
import { askReference, pushButton } from "../flows/push";
import type { Dependencies } from "../ports";
import { images } from "../texts/images";

/** Gives the image of a container an additional name. */
export async function tag(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called, "all");
  if (!container) return;
  const { id, names } = await engine.imageOf(container);
  const [name = container.name] = names;
  const reference = await askReference(deps, images.tagAs(ui.t, name), name);
  if (reference === undefined) return;
  await engine.tag(id, reference);
  const tagged = { id, names: [reference] };
  ui.tell("info", images.tagged(ui.t, name, reference), pushButton(deps, engine, tagged));
}
