import type { Action, Dependencies, Fault, Place, Refusal, SilentPlace, Ui } from "../ports";
import { plain, type Text, type Translate, text } from "../text";
import { buttons } from "../texts/buttons";
import { type FaultWords, faultWords, isFault } from "../texts/faults";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/** The place to blame for a fault, and an action that can solve it. */
interface Placed {
  readonly place?: Place;
  readonly action?: Action;
}

/**
 * Whether the error has a message for the user. Node's own errors have codes in upper case; they indicate bugs in
 * this extension.
 */
function isTold(error: unknown): error is Fault | Refusal {
  return error instanceof Error && /^[a-z-]+$/.test((error as Partial<Fault>).code ?? "");
}

/** The message to show for an error. That of a fault depends on its code; other errors contain their message. */
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
 * Shows what went wrong and what can be done about it. Shows nothing if the user canceled. `doing` is the name of the
 * command.
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

/** The maximum number of buttons that fit next to a message. */
const mostButtons = 2;

/** Actions for a failure, the most helpful one first. */
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

/** Opens the installation instructions of the engine that the user picks. */
async function installEngine(ui: Ui): Promise<void> {
  const page = await ui.pick(titles.selectInstallation(ui.t), [
    { label: text`Docker`, value: "https://docs.docker.com/engine/install/" },
    { label: text`Podman`, value: "https://podman.io/docs/installation" },
  ]);
  if (page !== undefined) await ui.browse(page);
}
