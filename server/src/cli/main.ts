import { isatty } from "node:tty";
import { visibleLines } from "../core/base/visible";
import { reason } from "./input/reason";
import { printAll } from "./print-all";
import { withProgress } from "./progress";
import { run } from "./run";
import type { Terminal } from "./terminal";

let isClosed = false;

const terminal: Terminal = {
  cwd: process.cwd(),
  out: print,
  raw: (text) => print(isatty(1) ? visibleLines(text) : text),
  err: tell,
  isClosed: () => isClosed,
};

const isWatched = isatty(2) && process.env.TERM !== "dumb";
process.exitCode = run(process.argv.slice(2), isWatched ? withProgress(terminal, tell, Date.now) : terminal);

/** A reader may have seen enough (`… | head`); that is no failure of ours. Anything else is one. */
function print(text: string): void {
  if (isClosed) return;
  try {
    write(1, text);
  } catch (error) {
    isClosed = (error as NodeJS.ErrnoException).code === "EPIPE";
    if (isClosed) return;
    tell(`The output cannot be written: ${reason(error)}\n`);
    process.exit(2);
  }
}

function tell(text: string): void {
  try {
    write(2, text);
  } catch {
    // There is no other place to say it.
    process.exit(2);
  }
}

/** A console of Windows takes other characters than ASCII from the streams of Node alone. */
function write(descriptor: 1 | 2, text: string): void {
  if (process.platform === "win32" && isatty(descriptor)) {
    (descriptor === 1 ? process.stdout : process.stderr).write(text);
  } else {
    printAll(descriptor, text);
  }
}
