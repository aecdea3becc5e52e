import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { once } from "../core/base/once";
import { visibleLines } from "../core/base/visible";
import type { BootProgram } from "./boot-asked";
import type { ExitCode } from "./exit-code";
import { reason } from "./input/reason";
import type { InspectProgram } from "./inspect-asked";
import { isTerminal } from "./is-terminal";
import type { LeastProgram } from "./least-asked";
import { printAll } from "./print-all";
import { type Watched, withProgress } from "./progress";
import { run } from "./run";
import type { Terminal } from "./terminal";
import { texts } from "./texts";
import type { VerifyProgram } from "./verify-asked";

/** Loads the bundle of the commands that need an engine. */
function engineBundle(): {
  readonly boot: BootProgram;
  readonly least: LeastProgram;
  readonly verify: VerifyProgram;
  readonly inspect: InspectProgram;
} {
  return createRequire(import.meta.url)("./boot.cjs");
}

let isClosed = false;

const terminal: Terminal = {
  cwd: process.cwd(),
  // The pages are included in the program's package.
  page: (rule) => readFileSync(new URL(`../../docs/rules/${rule}.md`, import.meta.url), "utf8"),
  out: print,
  raw: (text) => print(isTerminal(1) ? visibleLines(text) : text),
  err: tell,
  isClosed: () => isClosed,
  boot: (asked, place) => engineBundle().boot(asked, place),
  least: (asked, place) => engineBundle().least(asked, place),
  verify: (asked, place) => engineBundle().verify(asked, place),
  inspect: (asked, place) => engineBundle().inspect(asked, place),
};

const watched: Watched = {
  isTerminal: once(() => isTerminal(2) && process.env.TERM !== "dumb"),
  write: tell,
  now: Date.now,
};

const code = run(process.argv.slice(2), withProgress(terminal, watched));
if (typeof code === "number") process.exitCode = code;
else void code.then(endWith);

/** The time in milliseconds that the last output has to complete, since a Windows console accepts it with a delay. */
const flush = 100;

/** Without the time-out, a connection to an engine that does not answer would keep the process alive. */
function endWith(exitCode: ExitCode): void {
  process.exitCode = exitCode;
  setTimeout(() => process.exit(), flush).unref();
}

/** A reader that closes the pipe (`… | head`) is not an error. Anything else is. */
function print(text: string): void {
  if (isClosed) return;
  try {
    write(1, text);
  } catch (error) {
    isClosed = (error as NodeJS.ErrnoException).code === "EPIPE";
    if (isClosed) return;
    tell(`${texts.output(reason(error))}\n`);
    process.exit(2);
  }
}

function tell(text: string): void {
  try {
    write(2, text);
  } catch {
    // There is no other place to report it.
    process.exit(2);
  }
}

/** A Windows console accepts non-ASCII characters only from the Node.js streams. */
function write(descriptor: 1 | 2, text: string): void {
  if (process.platform === "win32" && isTerminal(descriptor)) {
    (descriptor === 1 ? process.stdout : process.stderr).write(text);
  } else {
    printAll(descriptor, text);
  }
}
