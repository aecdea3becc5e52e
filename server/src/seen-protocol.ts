/** The notifications about images that the client inspects, in addition to those of `protocol.ts`. */

import type { SeenImage } from "./core/image/seen-image";

export type { SeenImage };

/** Notification server → client, once for each image: a file names an image that no table knows. */
export const unseenImageMethod = "systemdContainers/unseenImage";
export interface UnseenImage {
  readonly reference: string;
}

/** Notification client → server: what was found in an image; null if the engine no longer has it. */
export const seenImageMethod = "systemdContainers/seenImage";
export interface SeenImageParams extends UnseenImage {
  readonly image: SeenImage | null;
}
