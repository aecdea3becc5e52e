import type { Terminal } from "./terminal";

/** A run that takes no longer, in milliseconds, shows no progress. */
const shortest = 1_000;
/** Milliseconds between two lines. */
const pause = 100;

/** To the first column, and nothing behind it. */
const clear = "\r\u001b[K";

/**
 * A terminal that shows how many files are done, in one line that is overwritten, once a run takes longer than a
 * second. `write` writes it to standard error as it is; `now` is the time in milliseconds.
 */
export function withProgress(terminal: Terminal, write: (text: string) => void, now: () => number): Terminal {
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
      if (time < next) return;
      next = time + pause;
      isShown = true;
      write(`${clear}${done.toLocaleString("en")} of ${all.toLocaleString("en")} files …`);
    },
  };
}
