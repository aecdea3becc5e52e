import type { Choice, Container, Dependencies, Engine, EnginePlace, Ui } from "../ports";
import { plain, type Text, text } from "../text";
import { faultWords } from "../texts/faults";
import { labels } from "../texts/labels";
import { notices } from "../texts/notices";
import { reasonWords, sourceText } from "../texts/places";
import { progress } from "../texts/progress";
import { titles } from "../texts/titles";
import { containersOf } from "./containers";
import { engineHost } from "./engine-host";

/**
 * Connects to the engine that the settings or the environment name, or else to the one selected for this workspace,
 * or else to the only one that responds. If several respond, the user picks one. The engine's facts are sent to the
 * server.
 */
export async function connect(deps: Dependencies): Promise<Engine> {
  const { ui, server } = deps;
  const host = await engineHost(deps);
  const title = progress.connecting(ui.t);
  const { places, ask } = await ui.progress(title, async (_report, signal) => {
    try {
      return await search(deps, host, signal);
    } catch (error) {
      if (!signal.aborted) await server.engineFacts(null);
      throw error;
    }
  });
  const answering = places.filter(({ engine }) => engine);
  const engine = ask || answering.length > 1 ? await askForEngine(deps, answering) : answering[0]?.engine;
  // If the user did not pick one, the command ends silently.
  if (!engine) throw new DOMException("No engine was picked", "AbortError");
  await server.engineFacts(engine.facts);
  return engine;
}

interface Found {
  readonly places: readonly EnginePlace[];
  /**
   * Set if the selected engine does not respond. Another one is used only if the user picks it, even if it is the
   * only one that responds.
   */
  readonly ask?: boolean;
}

/**
 * Looks for the selected engine at its address. If it no longer responds but others do, the selection is cleared, and
 * the user is informed.
 */
async function search(
  { ui, engine, memory }: Dependencies,
  host: string | undefined,
  signal: AbortSignal,
): Promise<Found> {
  const chosen = memory.engine;
  if (!chosen) return engine.find(signal, { host });
  try {
    return await engine.find(signal, { host, url: chosen.url });
  } catch {
    const { places } = await engine.find(signal, { host });
    memory.engine = undefined;
    ui.tell("warning", notices.engineCleared(ui.t, chosen.name, chosen.url));
    return { places, ask: true };
  }
}

/**
 * Lets the user pick an engine and remembers it for the workspace. If the picked one did not respond, shows the
 * reason.
 */
export async function askForEngine(
  { ui, memory }: Dependencies,
  places: readonly EnginePlace[],
): Promise<Engine | undefined> {
  const choices = [...places].sort(answeringFirst).map((place) => choiceOf(ui, place, memory.engine?.url));
  const picked = await ui.pick(titles.selectEngine(ui.t), choices);
  if (!picked) return undefined;
  const { url, engine, reason } = picked;
  if (engine) {
    memory.engine = { url, name: engine.name };
    return engine;
  }
  const { message, hint } = reason ? reasonWords(ui.t, reason) : { message: "?" };
  const none = notices.notConnected(ui.t, url, message);
  ui.tell("warning", hint ? text`${none} ${plain(hint)}` : none);
  return undefined;
}

function answeringFirst(a: EnginePlace, b: EnginePlace): number {
  return Number(b.engine !== undefined) - Number(a.engine !== undefined);
}

function choiceOf({ t }: Ui, place: EnginePlace, chosen?: string): Choice<EnginePlace> {
  const { url, source, engine, reason } = place;
  const detail = plain(url);
  if (!engine) {
    const description = reason && plain(reasonWords(t, reason).message);
    return { icon: "circle-slash", label: sourceText(t, source), description, detail, value: place };
  }
  const named = sourceText(t, source);
  const description = url === chosen ? labels.selectedEngine(t, named) : named;
  return { icon: "vm", label: plain(engine.name), description, detail, value: place };
}

/** Which containers a command can be used on. */
type Which = "running" | "stopped" | "all";

/**
 * The container that a command works on: the one it was called on, the only one, or one that the user picks. The list
 * shows which containers are not running.
 */
export async function chooseContainer(
  deps: Dependencies,
  engine: Engine,
  called?: string,
  which: Which = "running",
): Promise<Container | undefined> {
  const { ui } = deps;
  const all = await containersOf(deps, engine);
  const fits = ({ running }: Container) => which === "all" || running === (which === "running");
  const named = all.find(({ id }) => id === called);
  if (named && fits(named)) return named;
  // If the given container is not suitable, no other one is used instead.
  if (called !== undefined) {
    ui.tell(
      "warning",
      named ? whyNot(ui, named) : plain(faultWords(ui.t, { code: "container-gone" }).message),
    );
    return undefined;
  }
  const containers = all.filter(fits);
  if (containers.length === 0) {
    ui.tell("info", text`${nones[which](ui)} ${notices.startOne(ui.t)}`);
    return undefined;
  }
  const [only] = containers;
  // A container started from another workspace is not used without confirmation.
  if (containers.length === 1 && (only?.uri === undefined || ui.inWorkspace(only.uri))) return only;
  const choices = containers.map((container) => ({
    label: plain(container.name),
    description: plain(
      [container.status, container.uri && ui.label(container.uri)].filter(Boolean).join(", "),
    ),
    value: container,
  }));
  return ui.pick(titles.selectContainer(ui.t), choices);
}

function whyNot({ t }: Ui, { name, running }: Container): Text {
  return running ? notices.alreadyRunning(t, name) : notices.notRunning(t, name);
}

const nones: Readonly<Record<Which, (ui: Ui) => Text>> = {
  running: ({ t }) => notices.noneRunning(t),
  stopped: ({ t }) => notices.noneStopped(t),
  all: ({ t }) => notices.noContainers(t),
};
