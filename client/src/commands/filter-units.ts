import type { Choice, Dependencies, UnitFilter } from "../ports";
import { unitTexts } from "../texts/units";

/** Changes which units the containers view shows. */
export async function filterUnits({ ui, memory, view }: Dependencies): Promise<void> {
  const byText = async (): Promise<UnitFilter | undefined> => {
    const text = await ui.ask(unitTexts.contain(ui.t), { value: memory.unitFilter?.text });
    return text === undefined ? undefined : { text };
  };
  const choices: Choice<() => Promise<UnitFilter | undefined>>[] = [
    { label: unitTexts.all(ui.t), value: async () => ({}) },
    { label: unitTexts.onlyFailed(ui.t), value: async () => ({ only: "failed" }) },
    { label: unitTexts.onlyActive(ui.t), value: async () => ({ only: "active" }) },
    { label: unitTexts.onlyServices(ui.t), value: async () => ({ only: "services" }) },
    { icon: "edit", label: unitTexts.containing(ui.t), value: byText },
  ];
  const filter = await (await ui.pick(unitTexts.selectShown(ui.t), choices))?.();
  if (filter === undefined) return;
  memory.unitFilter = filter;
  view.refresh();
}
