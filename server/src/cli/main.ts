import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { once } from "../core/base/once";
import { visibleLines } from "../core/base/visible";
import type { BootProgram } from "./boot-asked";
import type { ExitCode } from "./exit-code";
import { reason } from "./input/reason";
import { isTerminal } from "./is-terminal";
import { printAll } from "./print-all";
import { type Watched, withProgress } from "./progress";
import { run } from "./run";
import type { Terminal } from "./terminal";
import { texts } from "./texts";
import type { VerifyProgram } from "./verify-asked";

let isClosed = false;

const terminal: Terminal = {
  cwd: process.cwd(),
  // The pages are in the package of the program.
  page: (rule) => readFileSync(new URL(`../../docs/rules/${rule}.md`, import.meta.url), "utf8"),
  out: print,
  raw: (text) => print(isTerminal(1) ? visibleLines(text) : text),
  err: tell,
  isClosed: () => isClosed,
  boot: (asked, place) => withEngine().boot(asked, place),
  verify: (asked, place) => withEngine().verify(asked, place),
};

/** The bundle of the commands that ask an engine. */
function withEngine(): { readonly boot: BootProgram; readonly verify: VerifyProgram } {
  return createRequire(import.meta.url)("./boot.cjs");
}

const watched: Watched = {
  isTerminal: once(() => isTerminal(2) && process.env.TERM !== "dumb"),
  write: tell,
  now: Date.now,
};

const code = run(process.argv.slice(2), withProgress(terminal, watched));
if (typeof code === "number") process.exitCode = code;
else void code.then(endWith);

/** Milliseconds that the last output has: a console of Windows takes it later. */
const flush = 100;

/** A connection to an engine that does not answer would keep the process alive. */
function endWith(exitCode: ExitCode): void {
  process.exitCode = exitCode;
  setTimeout(() => process.exit(), flush).unref();
}

/** A reader that closes the pipe (`… | head`) is not a failure. Anything else is one. */
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
    // There is no other place to say it.
    process.exit(2);
  }
}

/** A console of Windows takes other characters than ASCII from the streams of Node alone. */
function write(descriptor: 1 | 2, text: string): void {
  if (process.platform === "win32" && isTerminal(descriptor)) {
    (descriptor === 1 ? process.stdout : process.stderr).write(text);
  } else {
    printAll(descriptor, text);
  }
}
