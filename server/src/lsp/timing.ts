import { RAL } from "vscode-languageserver";

/** The maximum time between two changes of the same burst, in milliseconds. */
export const burst = 200;

/**
 * Returns a function that calls `call` at the first of a burst of calls, and again at its end if there were others.
 */
export function openBurst(call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let others = false;
  const over = () => {
    timer = undefined;
    if (others) call();
    others = false;
  };
  return () => {
    if (timer === undefined) call();
    else others = true;
    clearTimeout(timer);
    timer = setTimeout(over, burst);
  };
}

/** Resolves after the given number of milliseconds. */
export function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, undefined));
}

/** Resolves in the next turn of the event loop, after pending messages were read. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void RAL().timer.setImmediate(() => resolve()));
}
