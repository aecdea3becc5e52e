import { RAL } from "vscode-languageserver";

/** Within this time after a change, in milliseconds, the next belongs to the same burst. */
export const burst = 200;

/** Calls at the first of a burst of calls, and when it is over if there were others. */
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

/** Resolves after so many milliseconds. */
export function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, undefined));
}

/** Resolves in the next turn of the event loop, when messages at hand were read. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void RAL().timer.setImmediate(() => resolve()));
}
