/** Runs a task once for all who want it while it runs, and once more for those who came after it began. */
export function coalesced<T>(task: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  let again = false;
  const run = async () => {
    try {
      for (;;) {
        again = false;
        const result = await task();
        if (!again) return result;
      }
    } finally {
      // At once: who comes a moment later begins it again.
      running = undefined;
    }
  };
  return () => {
    again = true;
    running ??= run();
    return running;
  };
}
