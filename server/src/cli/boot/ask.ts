import { createInterface } from "node:readline";
import type { BootHost } from "./host";

/** Asks at a terminal. Any answer but y or yes, an interruption and the end of the input mean no. */
export function askAt(input: NodeJS.ReadableStream, print: (line: string) => void): BootHost["ask"] {
  return async (question, signal) => {
    print(`${question}\n`);
    // Without its own handling of the terminal, Ctrl+C stays a signal.
    const lines = createInterface({ input, terminal: false });
    const answer = await new Promise<string>((resolve) => {
      lines.once("line", resolve).once("close", () => resolve(""));
      if (signal.aborted) resolve("");
      signal.addEventListener("abort", () => resolve(""), { once: true });
    });
    lines.close();
    return /^y(es)?$/i.test(answer.trim());
  };
}
