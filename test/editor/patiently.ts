/** Takes a line for the one who waits. */
export type Say = (line: string) => void;

/** Milliseconds between two lines while something goes on. */
const pace = 10_000;

/** Reports what is done, and again from time to time while it goes on. */
export async function patiently<T>(say: Say, what: string, work: Promise<T>): Promise<T> {
  const began = Date.now();
  say(`${what} …`);
  const timer = setInterval(() => say(`  … for ${Math.round((Date.now() - began) / 1000)} s`), pace);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
