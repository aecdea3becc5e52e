import { createRequire } from "node:module";
import type tty from "node:tty";

/**
 * Whether a descriptor is a terminal. The module is loaded only here because loading it takes a tenth of the startup
 * time.
 */
export function isTerminal(descriptor: number): boolean {
  const { isatty }: typeof tty = createRequire(import.meta.url)("node:tty");
  return isatty(descriptor);
}
