import { once } from "../core/base/once";
import type { Terminal } from "./terminal";
import { texts } from "./texts";

/** A run that takes no longer, in milliseconds, shows no progress. */
const shortest = 1_000;
/** Milliseconds between two lines. */
const pause = 100;

/** To the first column, and nothing behind it. */
const clear = "\r\u001b[K";

/** Standard error, for progress. */
export interface Watched {
  /** Whether it is a terminal; asked in long runs alone. */
  isTerminal(): boolean;
  /** Writes a text as it is. */
  write(text: string): void;
  /** The time, in milliseconds. */
  now(): number;
}

/** A terminal that shows how many files are done, in one line that is overwritten, once a run takes longer than a second. */
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
