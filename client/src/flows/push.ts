import type { Dependencies, Engine, ImageNames } from "../ports";
import { plain } from "../text";
import { buttons } from "../texts/buttons";
import { isFault } from "../texts/faults";
import { images } from "../texts/images";
import { tellFailure, withAction } from "./failure";

/** Prompts for an image name; undefined if the prompt is dismissed. */
export async function askReference(
  { ui }: Dependencies,
  title: string,
  value: string,
): Promise<string | undefined> {
  const detail = images.nameDetail(ui.t);
  const answer = (await ui.ask(plain(title), { value, detail }))?.trim();
  return answer === "" ? undefined : answer;
}

/** Pushes an image, either under one of its names that contain a registry or under a new one. */
export async function pushImage(
  deps: Dependencies,
  engine: Engine,
  { id, names }: ImageNames,
): Promise<void> {
  const { ui } = deps;
  const ask = async () => {
    const reference = await askReference(deps, images.pushAs(ui.t), names[0] ?? "");
    if (reference !== undefined && !names.includes(reference)) await engine.tag(id, reference);
    return reference;
  };
  const known = names.filter((name) => name.includes("/"));
  const choices = known.map((name) => ({
    label: plain(name),
    value: async (): Promise<string | undefined> => name,
  }));
  const other = { icon: "edit", label: images.pushAsOther(ui.t), value: ask };
  const picked = known.length === 0 ? ask : await ui.pick(images.selectName(ui.t), [...choices, other]);
  const reference = await picked?.();
  if (reference !== undefined) await pushReference(deps, engine, reference);
}

/** Pushes the image with this name. If the registry requires a login, offers the command for it. */
async function pushReference({ ui }: Dependencies, engine: Engine, reference: string): Promise<void> {
  try {
    await ui.progress(images.pushing(ui.t, reference), (report, signal) =>
      engine.push(reference, { report: (line) => report(plain(line)), signal }),
    );
  } catch (error) {
    if (!isFault(error) || error.code !== "registry" || error.lacks !== "login") throw error;
    const command = `${engine.facts.engine} login ${error.host ?? ""}`.trim();
    throw withAction(error, { title: buttons.copyCommand(ui.t), run: () => ui.copy(command) });
  }
  ui.tell("info", images.pushed(ui.t, reference));
}

/** A button that pushes an image. Errors are reported under the name of the push command. */
export function pushButton(deps: Dependencies, engine: Engine, image: ImageNames) {
  const { ui } = deps;
  return {
    title: images.push(ui.t),
    run: () => pushImage(deps, engine, image).catch((error) => tellFailure(deps, images.doing(ui.t), error)),
  };
}
