import type { Container, Dependencies, Engine, FollowedJournal, Ui } from "../ports";
import { notes } from "../texts/notes";

/** Milliseconds between two writes, so that a service with many messages causes few writes. */
const pace = 100;

type FollowDependencies = Pick<Dependencies, "memory"> & {
  readonly ui: Pick<Ui, "t" | "channel" | "setContext">;
};

/**
 * Shows a journal in its channel. Resolves when the journal has ended, either with the container or because the user
 * stopped it.
 */
export async function follow(
  { ui, memory }: FollowDependencies,
  engine: Pick<Engine, "journal">,
  container: Container,
  unit?: string,
): Promise<void> {
  const title = `${container.name} ${unit ?? notes.journal(ui.t)}`;
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
        note(notes.journalPaused(ui.t));
      }
    },
    stop: () => {
      end.abort();
      gate.open();
    },
  });
  ui.setContext("followsJournal", true);
  try {
    for await (const { text, dropped } of engine.journal(container, unit, end.signal)) {
      await gate.passed();
      if (end.signal.aborted) break;
      if (dropped > 0) note(notes.linesDropped(ui.t, dropped));
      if (text !== "") channel.print(text);
      await new Promise((done) => setTimeout(done, pace));
    }
    note(end.signal.aborted ? notes.journalStopped(ui.t) : notes.journalEnded(ui.t));
  } finally {
    journals.delete(title);
    ui.setContext("followsJournal", journals.size > 0);
  }
}

/** A gate that can be closed. Callers that arrive while it is closed wait until it opens. */
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
