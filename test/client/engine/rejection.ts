import { wordsOf } from "../../../client/src/flows/failure";
import { english, joined } from "../english";

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Record<string, unknown> & Error> {
  return promise.then(
    () => Promise.reject(new Error("it did not reject")),
    (error) => error,
  );
}

/** What is shown of it, in English. */
export function shownOf(error: unknown): string {
  return joined(wordsOf(english, error));
}
