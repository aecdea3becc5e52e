import { writeSync } from "node:fs";
import { pause } from "./pause";

/**
 * Writes all of a text to a descriptor, however slowly its reader takes it. A stream of Node would keep in memory what
 * a pipe does not take at once, and write it when the program is done. Throws the error of the system.
 */
export function printAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      pause();
    }
  }
}
