/** Runs a task once for all who want it while it runs, and once more for those who came after it began. */
export function coalesced<T>(task: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  let again = false;
  const run = async () => {
    for (;;) {
      again = false;
      const result = await task();
      if (!again) return result;
    }
  };
  return () => {
    again = true;
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
}
