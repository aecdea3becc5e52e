import type { Action, Dependencies, Fault, Place, Ui } from "../ports";
import { plain, type Text, text } from "../text";

/** A fault with the place to blame, and with what can be done at once. */
type PlacedFault = Fault & { readonly place?: Place; readonly action?: Action };

/** Node's own errors have codes too, but in capitals: those are defects of ours. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Error && /^[a-z-]+$/.test((error as Partial<Fault>).code ?? "");
}

export function placed(fault: Fault, place: Place): PlacedFault {
  return Object.assign(fault, { place });
}

export function withAction(fault: Fault, action: Action): PlacedFault {
  return Object.assign(fault, { action });
}

/** The place to blame, if the error has one. */
export function placeOf(error: unknown): Place | undefined {
  return (error as Partial<PlacedFault> | undefined)?.place;
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/**
 * Says what went wrong and what can be done about it. What a person cancelled goes without a word.
 * `doing` names the command.
 */
export function tellFailure({ ui, server }: Dependencies, doing: Text, error: unknown): void {
  if (isAbort(error)) return;
  if (!isFault(error)) {
    const message = error instanceof Error ? error.message : String(error);
    ui.tell("error", ui.t("{0} failed: {1}", doing, message), {
      title: ui.t("Show Log"),
      run: () => server.showLog(),
    });
    return;
  }
  const actions: Action[] = [];
  const { place, action } = error as PlacedFault;
  if (action) actions.push(action);
  if (place) actions.push({ title: ui.t("Go to Line"), run: () => ui.reveal(place) });
  if (error.code === "build-failed") {
    actions.push({ title: ui.t("Show Output"), run: () => ui.showOutput() });
  }
  if (error.tried) {
    for (const line of error.tried) ui.print(`${line}\n`);
    actions.push({ title: ui.t("Show What Was Tried"), run: () => ui.showOutput() });
  }
  if (error.code === "engine-declined") actions.push(engineSettings(ui));
  if (error.code === "no-engine") {
    actions.push(
      { title: ui.t("Get Docker"), run: () => ui.browse("https://docs.docker.com/engine/install/") },
      { title: ui.t("Get Podman"), run: () => ui.browse("https://podman.io/docs/installation") },
      engineSettings(ui),
    );
  }
  const message = plain(error.message);
  ui.tell("error", error.hint ? text`${message} ${plain(error.hint)}` : message, ...actions);
}

function engineSettings(ui: Ui): Action {
  return { title: ui.t("Open Settings"), run: () => ui.openSettings("systemdContainers.engine.host") };
}
