import { createInterface } from "node:readline";
import type { BootHost } from "./host";

/**
 * Asks the user at a terminal. Any answer except y or yes means no, as do an interruption and the end of the input.
 */
export function askAt(input: NodeJS.ReadableStream, print: (line: string) => void): BootHost["ask"] {
  return async (question, signal) => {
    print(`${question}\n`);
    // With `terminal: false`, Ctrl+C remains a signal.
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
