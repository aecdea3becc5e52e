import { once } from "../core/base/once";
import type { Terminal } from "./terminal";
import { texts } from "./texts";

/** Commands that take no longer than this, in milliseconds, show no progress. */
const shortest = 1_000;
/** Milliseconds between two updates. */
const pause = 100;

/** Moves to the first column and clears the line. */
const clear = "\r\u001b[K";

/** Standard error, used for progress. */
export interface Watched {
  /** Whether it is a terminal; checked only if a command takes long. */
  isTerminal(): boolean;
  /** Writes a string unchanged. */
  write(text: string): void;
  /** The current time, in milliseconds. */
  now(): number;
}

/**
 * Wraps a terminal so that a command that takes longer than a second shows how many files are done, in one line that
 * is overwritten.
 */
export function withProgress(terminal: Terminal, { isTerminal, write, now }: Watched): Terminal {
  const numbers = once(() => new Intl.NumberFormat("en"));
  let next = now() + shortest;
  let isShown = false;
  const takeAway = () => {
    if (isShown) write(clear);
    isShown = false;
  };
  const below = (print: (text: string) => void) => (text: string) => {
    if (isShown) next = now();
    takeAway();
    print(text);
  };
  return {
    ...terminal,
    out: below(terminal.out),
    raw: below(terminal.raw),
    err: below(terminal.err),
    progress: (done, all) => {
      if (done === all) return takeAway();
      const time = now();
      if (time < next || !isTerminal()) return;
      next = time + pause;
      isShown = true;
      write(`${clear}${texts.progress(numbers().format(done), numbers().format(all))}`);
    },
  };
}
