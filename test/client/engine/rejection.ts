import { faultWords, isFault } from "../../../client/src/texts/faults";
import { english } from "../english";

/** What a promise rejects with; a fault with the sentences that receive of it. */
export async function rejection(promise: Promise<unknown>): Promise<Record<string, unknown> & Error> {
  return promise.then(
    () => Promise.reject(new Error("it did not reject")),
    (error) => told(error),
  );
}

/** An error with the sentences that receive of it, where it is a fault. */
export function told<T>(error: T): T {
  return isFault(error) ? Object.assign(error, faultWords(english, error)) : error;
}
