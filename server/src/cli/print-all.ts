import { writeSync } from "node:fs";
import { pause } from "./pause";

/**
 * Writes an entire string to a descriptor, however slowly its reader accepts it. A Node.js stream would instead
 * buffer what a pipe does not accept immediately, and write it when the program is done. Throws the system's error.
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
