import { createInterface } from "node:readline/promises";
import type { BootHost } from "./host";

/** Asks at a terminal. Any answer but y or yes, an interruption and the end of the input mean no. */
export function askAt(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): BootHost["ask"] {
  return async (question, signal) => {
    // Without its own handling of the terminal, Ctrl+C stays a signal.
    const lines = createInterface({ input, output, terminal: false });
    try {
      const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
      const answer = lines.question(question, { signal }).catch(() => "");
      return /^y(es)?$/i.test((await Promise.race([answer, ended])).trim());
    } finally {
      lines.close();
    }
  };
}
