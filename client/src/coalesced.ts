/** Returns a function that runs the task. Calls made while the task is running share one more run after it. */
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
      // Reset right away, so that a call that comes a moment later starts a new run.
      running = undefined;
    }
  };
  return () => {
    again = true;
    running ??= run();
    return running;
  };
}
