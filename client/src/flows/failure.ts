import type { Action, Dependencies, Fault, Place, Refusal, SilentPlace, Ui } from "../ports";
import { plain, type Text, type Translate, text } from "../text";
import { buttons } from "../texts/buttons";
import { type FaultWords, faultWords, isFault } from "../texts/faults";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/** The place to blame for a fault, and what can be done at once. */
interface Placed {
  readonly place?: Place;
  readonly action?: Action;
}

/** Node's own errors have codes too, but in capitals: those are defects of this extension. */
function isTold(error: unknown): error is Fault | Refusal {
  return error instanceof Error && /^[a-z-]+$/.test((error as Partial<Fault>).code ?? "");
}

/** What is reported of an error: the sentences about a fault, the words of anything else. */
export function wordsOf(t: Translate, error: unknown): FaultWords {
  if (isFault(error)) return faultWords(t, error);
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, hint } = error as Error & Pick<Refusal, "hint">;
  return { message, hint };
}

export function placed(fault: Fault, place: Place): Fault & Placed {
  return Object.assign(fault, { place });
}

export function withAction(fault: Fault, action: Action): Fault & Placed {
  return Object.assign(fault, { action });
}

/** The place to blame, if the error has one. */
export function placeOf(error: unknown): Place | undefined {
  return (error as Placed | undefined)?.place;
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/**
 * Reports what went wrong and what can be done about it. Nothing is shown for what a person cancelled.
 * `doing` names the command.
 */
export function tellFailure({ ui, server }: Dependencies, doing: Text, error: unknown): void {
  if (isAbort(error)) return;
  const { message, hint, tried } = wordsOf(ui.t, error);
  if (!isTold(error)) {
    ui.tell("error", notices.failed(ui.t, doing, message), {
      title: buttons.showLog(ui.t),
      run: () => server.showLog(),
    });
    return;
  }
  if (tried) {
    ui.print(`${notices.searched(ui.t, new Date().toLocaleTimeString())}\n`);
    for (const line of tried) ui.print(`  ${line}\n`);
  }
  const actions = actionsFor(ui, error, tried !== undefined).slice(0, mostButtons);
  ui.tell("error", hint ? text`${plain(message)} ${plain(hint)}` : plain(message), ...actions);
}

/** More buttons than these do not fit beside a message. */
const mostButtons = 2;

/** What can be done about a failure, the most likely first. */
function actionsFor(ui: Ui, error: (Fault | Refusal) & Placed, searched: boolean): Action[] {
  const { code, action, place } = error;
  const output = (title: Text): Action => ({ title, run: () => ui.showOutput() });
  return [
    ...(action ? [action] : []),
    ...(place ? [{ title: buttons.goToLine(ui.t), run: () => ui.reveal(place) }] : []),
    ...(code === "build-failed" ? [output(buttons.showOutput(ui.t))] : []),
    ...(code === "engine-declined" || (code === "no-engine" && "tried" in error && error.tried.some(isSet))
      ? [{ title: buttons.openSettings(ui.t), run: () => ui.openSettings("systemdContainers.engine.host") }]
      : []),
    ...(searched ? [output(buttons.showAttempts(ui.t))] : []),
    ...(code === "no-engine" ? [{ title: buttons.installEngine(ui.t), run: () => installEngine(ui) }] : []),
  ];
}

function isSet({ source }: SilentPlace): boolean {
  return source.code === "setting";
}

/** Opens the instructions of the engine that is picked. */
async function installEngine(ui: Ui): Promise<void> {
  const page = await ui.pick(titles.selectInstallation(ui.t), [
    { label: text`Docker`, value: "https://docs.docker.com/engine/install/" },
    { label: text`Podman`, value: "https://podman.io/docs/installation" },
  ]);
  if (page !== undefined) await ui.browse(page);
}
