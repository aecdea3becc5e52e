import type { Ui } from "../ports";
import { plain } from "../text";
import { labels } from "../texts/labels";
import { titles } from "../texts/titles";

/** The stage to build. The user picks one if there are several. A missing name means the last stage. */
export async function chooseStage(ui: Ui, stages: readonly string[]): Promise<{ name?: string } | undefined> {
  if (stages.length < 2) return {};
  const last = stages.length - 1;
  const choices = stages
    .map((name, index) => ({
      label: plain(name),
      description: index === last ? labels.lastStage(ui.t) : undefined,
      value: index === last ? {} : { name },
    }))
    .reverse();
  return ui.pick(titles.selectStage(ui.t), choices);
}

/** A service of a Compose file. The user picks one if there are several. */
export async function chooseService(
  ui: Ui,
  services: readonly string[],
): Promise<{ name?: string } | undefined> {
  if (services.length < 2) return { name: services[0] };
  return ui.pick(
    titles.selectService(ui.t),
    services.map((name) => ({ label: plain(name), value: { name } })),
  );
}
