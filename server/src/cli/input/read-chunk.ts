import { readSync } from "node:fs";
import { pause } from "../pause";

/** Reads the available data into the buffer, starting at `at`. Returns the number of bytes, or 0 at the end. */
export function readChunk(descriptor: number, buffer: Buffer, at: number): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, at, buffer.length - at, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // On Windows, the end of a pipe is EOF. EAGAIN means that a non-blocking terminal or pipe has no data yet.
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      pause();
    }
  }
}
