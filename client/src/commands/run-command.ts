import { chooseContainer, connect } from "../flows/connect";
import { isAbort } from "../flows/failure";
import type { Dependencies } from "../ports";
import { plain } from "../text";
import { labels } from "../texts/labels";
import { notes } from "../texts/notes";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";
import { titles } from "../texts/titles";

/** How many earlier command lines are offered again. */
const mostEarlier = 20;

/** Prompts for a command line, runs it inside a container, and shows its output and how it ended. */
export async function runInContainer(deps: Dependencies, called?: string): Promise<void> {
  const { ui, memory } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  const { name } = container;
  const line = await askLine(deps, name);
  if (line === undefined || line.trim() === "") return;
  memory.lines = [line, ...(memory.lines ?? []).filter((other) => other !== line)].slice(0, mostEarlier);

  const channel = ui.channel(titles.commandsIn(ui.t, name));
  channel.show();
  let last = "\n";
  const print = (text: string) => {
    if (text === "") return;
    channel.print(text);
    last = text;
  };
  const note = (text: string) => print(last.endsWith("\n") ? `${text}\n` : `\n${text}\n`);
  note(`# ${line}`);
  try {
    const exitCode = await ui.progress(progress.running(ui.t, line), (_report, signal) =>
      engine.run(container, line, { print, signal }),
    );
    note(exitCode === undefined ? notes.commandEnded(ui.t) : notes.commandExited(ui.t, exitCode));
    if (exitCode !== undefined && exitCode !== 0) {
      ui.tell("warning", notices.commandExited(ui.t, line, exitCode));
    }
  } catch (error) {
    note(isAbort(error) ? notes.commandCancelled(ui.t) : notes.disconnected(ui.t));
    throw error;
  }
}

/** An earlier command line, unchanged, or a new one. */
async function askLine({ ui, memory }: Dependencies, name: string): Promise<string | undefined> {
  const title = titles.runIn(ui.t, name);
  const ask = () => ui.ask(title, { detail: labels.lineDetail(ui.t) });
  const earlier = memory.lines ?? [];
  if (earlier.length === 0) return ask();
  const again = earlier.map((line) => ({ label: plain(line), value: async () => line }));
  const picked = await ui.pick<() => Promise<string | undefined>>(title, [
    { icon: "edit", label: labels.enterCommand(ui.t), value: ask },
    ...again,
  ]);
  return picked?.();
}
