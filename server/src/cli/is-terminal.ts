import { createRequire } from "node:module";
import type tty from "node:tty";

/** Whether a descriptor is a terminal. The module that tells it is loaded when it is asked: it is a tenth of the start. */
export function isTerminal(descriptor: number): boolean {
  const { isatty }: typeof tty = createRequire(import.meta.url)("node:tty");
  return isatty(descriptor);
}
