import type { SeenImage } from "../../../server/src/protocol";

/** What was found in images, by image ID. It is kept when the window closes and never becomes outdated. */
export interface ImageStore {
  read(id: string): Promise<SeenImage | undefined>;
  write(image: SeenImage): Promise<void>;
}

/** The inspection of images that files refer to. */
export interface Inspection {
  /** The server requests an image that is not in its tables. */
  asked(reference: string): void;
  /** The setting or the engine changed, so all images are looked up again. */
  again(): void;
  /** The user returned to this window and may have built an image elsewhere. */
  returned(): void;
}
