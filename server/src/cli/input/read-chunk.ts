import { readSync } from "node:fs";
import { pause } from "../pause";

/** Reads what there is into the buffer from that place on; gives the number of bytes, 0 at the end. */
export function readChunk(descriptor: number, buffer: Buffer, at: number): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, at, buffer.length - at, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows ends a pipe so; a terminal or pipe that does not block has nothing yet.
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      pause();
    }
  }
}
