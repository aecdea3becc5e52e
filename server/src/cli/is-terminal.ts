import { createRequire } from "node:module";
import type tty from "node:tty";

/** Whether a descriptor is a terminal. Its module is loaded only here: it takes a tenth of the start. */
export function isTerminal(descriptor: number): boolean {
  const { isatty }: typeof tty = createRequire(import.meta.url)("node:tty");
  return isatty(descriptor);
}
