import type { Snapshot } from "../../server/src/core/base/snapshot";

/** A project that has no other files than the one that is judged. */
export const noFiles: Snapshot = { runFiles: [], read: () => undefined };
