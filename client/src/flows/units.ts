import type { Choice, Container, Dependencies, Engine, Unit, UnitOutcome } from "../ports";
import { plain, type Text, text } from "../text";
import { unitFailure } from "../texts/exit-status";
import { unitTexts } from "../texts/units";
import { sortUnits } from "../units";
import { chooseContainer, connect } from "./connect";
import { follow } from "./journal";

/** A unit of a running container. */
export interface Chosen {
  readonly engine: Engine;
  readonly container: Container;
  readonly unit: string;
}

/** The unit that a command works on: the given one, or one of the suitable ones that the user picks. */
export async function chooseUnit(
  deps: Dependencies,
  called?: string,
  unit?: string,
  fits: (unit: Unit) => boolean = () => true,
): Promise<Chosen | undefined> {
  const { ui } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return undefined;
  if (unit !== undefined) return { engine, container, unit };
  const units = (await engine.units(container)).filter(fits);
  const picked = await ui.pick(unitTexts.select(ui.t), unitChoices(units));
  return picked === undefined ? undefined : { engine, container, unit: picked };
}

/** Units as list items, the failed ones first. */
export function unitChoices(units: readonly Unit[]): Choice<string>[] {
  return sortUnits(units).map(({ name, active, sub, description }) => ({
    icon: active === "failed" ? "error" : undefined,
    label: plain(name),
    description: plain(`${active} (${sub})`),
    detail: plain(description),
    value: name,
  }));
}

/** Shows the new state of a unit, followed by `done` if it is given. */
export function tellUnit(
  deps: Dependencies,
  { engine, container, unit }: Chosen,
  { active, sub, ended, said }: UnitOutcome,
  done?: Text,
): void {
  const { ui } = deps;
  const failed = ended !== undefined && ended.result !== "success" && active !== "active";
  const isWell = !failed && said === undefined;
  const why = failed ? unitTexts.failed(ui.t, unit, unitFailure(ui.t, ended)) : plain(said ?? "");
  const what = isWell ? unitTexts.isNow(ui.t, unit, active, sub) : why;
  const all = done === undefined ? what : text`${what} ${done}`;
  const journal = { title: unitTexts.followJournal(ui.t), run: () => follow(deps, engine, container, unit) };
  if (isWell) ui.tell("info", all);
  else ui.tell("error", all, journal);
}
