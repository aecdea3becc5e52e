import type { Action, Dependencies, Fault, Place, Refusal, Ui } from "../ports";
import { plain, type Text, type Translate, text } from "../text";
import { type FaultWords, faultWords, isFault } from "../texts/faults";

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
    ui.tell("error", ui.t("{0} failed: {1}", doing, message), {
      title: ui.t("Show Log"),
      run: () => server.showLog(),
    });
    return;
  }
  const actions: Action[] = [];
  const { place, action } = error as Error & Placed;
  if (action) actions.push(action);
  if (place) actions.push({ title: ui.t("Go to Line"), run: () => ui.reveal(place) });
  if (error.code === "build-failed") {
    actions.push({ title: ui.t("Show Output"), run: () => ui.showOutput() });
  }
  if (tried) {
    for (const line of tried) ui.print(`${line}\n`);
    actions.push({ title: ui.t("Show Attempts"), run: () => ui.showOutput() });
  }
  if (error.code === "engine-declined") actions.push(engineSettings(ui));
  if (error.code === "no-engine") {
    actions.push(
      { title: ui.t("Get Docker"), run: () => ui.browse("https://docs.docker.com/engine/install/") },
      { title: ui.t("Get Podman"), run: () => ui.browse("https://podman.io/docs/installation") },
      engineSettings(ui),
    );
  }
  ui.tell("error", hint ? text`${plain(message)} ${plain(hint)}` : plain(message), ...actions);
}

function engineSettings(ui: Ui): Action {
  return { title: ui.t("Open Settings"), run: () => ui.openSettings("systemdContainers.engine.host") };
}
