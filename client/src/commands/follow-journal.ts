import type { Container, Engine, FollowedJournal, Ports, Ui, Unit } from "../ports";
import { plain } from "../text";
import { chooseContainer, connect } from "./connect";

/** Milliseconds between two writes, so that a service that talks much costs few of them. */
const pace = 100;

/** Follows the journal of a container, or of a unit that is picked, in an output channel of its own. */
export async function followJournal(ports: Ports, called?: string): Promise<void> {
  const engine = await connect(ports);
  const container = await chooseContainer(ports, engine, called);
  if (!container) return;
  const picked = await chooseUnit(ports, engine, container);
  if (picked) await follow(ports, engine, container, picked.unit);
}

/** Holds back a journal that is followed, or lets it go on; asks which where there are several. */
export async function toggleJournal(ports: Ports): Promise<void> {
  (await chooseJournal(ports))?.toggle();
}

/** Ends the following of a journal; what it showed stays. */
export async function stopJournal(ports: Ports): Promise<void> {
  (await chooseJournal(ports))?.stop();
}

type FollowPorts = Pick<Ports, "memory"> & { readonly ui: Pick<Ui, "t" | "channel"> };

/** Resolves when the journal has ended: with the container, or because nobody wants it any more. */
export async function follow(
  { ui, memory }: FollowPorts,
  engine: Pick<Engine, "journal">,
  container: Container,
  unit?: string,
): Promise<void> {
  const title = `${container.name} ${unit ?? ui.t("journal")}`;
  const channel = ui.channel(title);
  channel.show();
  const journals = memory.journals ?? new Map<string, FollowedJournal>();
  memory.journals = journals;
  if (journals.has(title)) return;

  const note = (text: string) => channel.print(`[${text}]\n`);
  const end = new AbortController();
  const gate = newGate();
  journals.set(title, {
    title,
    paused: () => gate.closed(),
    toggle: () => {
      if (gate.closed()) gate.open();
      else {
        gate.close();
        note(ui.t("Paused"));
      }
    },
    stop: () => {
      end.abort();
      gate.open();
    },
  });
  try {
    for await (const { text, dropped } of engine.journal(container, unit, end.signal)) {
      await gate.passed();
      if (end.signal.aborted) break;
      if (dropped > 0)
        note(ui.t("{0} lines were dropped here: they came faster than they were read", dropped));
      if (text !== "") channel.print(text);
      await new Promise((done) => setTimeout(done, pace));
    }
    note(end.signal.aborted ? ui.t("No longer followed") : ui.t("The journal ended: the container stopped"));
  } finally {
    journals.delete(title);
  }
}

/** Who comes to it while it is closed waits until it is opened. */
function newGate() {
  let opened = Promise.resolve();
  let release: (() => void) | undefined;
  return {
    closed: () => release !== undefined,
    close: () => {
      opened = new Promise((resolve) => {
        release = resolve;
      });
    },
    open: () => {
      release?.();
      release = undefined;
    },
    passed: () => opened,
  };
}

/** What is looked for most comes first: units that failed, services that run, what else is active. */
function rank({ name, active }: Unit): number {
  if (active === "failed") return 0;
  if (active !== "active") return 3;
  return name.endsWith(".service") ? 1 : 2;
}

/** All of it first, then the units. */
async function chooseUnit({ ui }: Ports, engine: Engine, container: Container) {
  const units = [...(await engine.units(container))].sort((a, b) => rank(a) - rank(b));
  const choices = units.map(({ name, active, sub, description }) => ({
    icon: active === "failed" ? "error" : undefined,
    label: plain(name),
    description: plain(`${active} (${sub})`),
    detail: plain(description),
    value: { unit: name },
  }));
  const whole: { unit?: string } = {};
  return ui.pick<{ unit?: string }>(ui.t("The journal of what?"), [
    { label: ui.t("Everything in {0}", container.name), value: whole },
    ...choices,
  ]);
}

async function chooseJournal({ ui, memory }: Ports): Promise<FollowedJournal | undefined> {
  const journals = [...(memory.journals?.values() ?? [])];
  if (journals.length === 0) ui.tell("info", ui.t("No journal is followed. Follow Journal starts that."));
  if (journals.length < 2) return journals[0];
  const choices = journals.map((journal) => ({
    label: plain(journal.title),
    description: journal.paused() ? ui.t("paused") : undefined,
    value: journal,
  }));
  return ui.pick(ui.t("Which journal?"), choices);
}
