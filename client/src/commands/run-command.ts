import type { Ports } from "../ports";
import { chooseContainer, connect } from "./connect";
import { isAbort } from "./failure";

/** Lines that are offered again. */
const mostEarlier = 20;

/** Asks for a command line, runs it inside a container, and shows what it writes and how it ended. */
export async function runInContainer(ports: Ports, called?: string): Promise<void> {
  const { ui, memory } = ports;
  const engine = await connect(ports);
  const container = await chooseContainer(ports, engine, called);
  if (!container) return;
  const { name } = container;
  const earlier = memory.lines ?? [];
  const line = await ui.askLine(ui.t("Run in {0}", name), "systemctl status", earlier);
  if (line === undefined || line.trim() === "") return;
  memory.lines = [line, ...earlier.filter((other) => other !== line)].slice(0, mostEarlier);

  const channel = ui.channel(name);
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
    const exitCode = await ui.progress(ui.t("Running {0}", line), (_report, signal) =>
      engine.run(container, line, print, signal),
    );
    note(exitCode === undefined ? ui.t("[Ended]") : ui.t("[Exit code {0}]", exitCode));
    if (exitCode !== undefined && exitCode !== 0) {
      ui.tell("warning", ui.t("{0} ended with exit code {1}.", line, exitCode));
    }
  } catch (error) {
    note(isAbort(error) ? ui.t("[Cancelled]") : ui.t("[Broken off]"));
    throw error;
  }
}
