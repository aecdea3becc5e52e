import { chooseContainer, connect } from "../flows/connect";
import { follow } from "../flows/journal";
import { unitChoices } from "../flows/units";
import type { Container, Dependencies, Engine, FollowedJournal } from "../ports";
import { plain } from "../text";
import { labels } from "../texts/labels";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/**
 * Follows the journal of a container or of one unit in a separate output channel. The user picks the unit if none is
 * given.
 */
export async function followJournal(deps: Dependencies, called?: string, unit?: string): Promise<void> {
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  const picked = unit === undefined ? await chooseUnit(deps, engine, container) : { unit };
  if (picked) await follow(deps, engine, container, picked.unit);
}

/** Pauses or resumes a journal that is being followed. If there are several, the user picks one. */
export async function toggleJournal(deps: Dependencies): Promise<void> {
  (await chooseJournal(deps))?.toggle();
}

/** Stops following a journal. The lines shown so far stay in the channel. */
export async function stopJournal(deps: Dependencies): Promise<void> {
  (await chooseJournal(deps))?.stop();
}

/** Lets the user pick the entire journal, which is listed first, or one unit. */
async function chooseUnit({ ui }: Dependencies, engine: Engine, container: Container) {
  const choices = unitChoices(await engine.units(container));
  const whole: { unit?: string } = {};
  return ui.pick<{ unit?: string }>(titles.selectUnit(ui.t), [
    { label: labels.entireJournal(ui.t, container.name), value: whole },
    ...choices.map((choice) => ({ ...choice, value: { unit: choice.value } })),
  ]);
}

async function chooseJournal({ ui, memory }: Dependencies): Promise<FollowedJournal | undefined> {
  const journals = [...(memory.journals?.values() ?? [])];
  if (journals.length === 0) ui.tell("info", notices.noJournal(ui.t));
  if (journals.length < 2) return journals[0];
  const choices = journals.map((journal) => ({
    label: plain(journal.title),
    description: journal.paused() ? labels.journalPaused(ui.t) : undefined,
    value: journal,
  }));
  return ui.pick(titles.selectJournal(ui.t), choices);
}
