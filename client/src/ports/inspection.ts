import type { SeenImage } from "../../../server/src/protocol";

/** What was found in images, kept between windows by the ID of the image. It never becomes outdated. */
export interface ImageStore {
  read(id: string): Promise<SeenImage | undefined>;
  write(image: SeenImage): Promise<void>;
}

/** The inspection of images that files name. */
export interface Inspection {
  /** The server asks about an image that no table knows. */
  asked(reference: string): void;
  /** The setting or the engine changed: all images are looked up again. */
  again(): void;
  /** The user returned to this window, and may have built an image elsewhere. */
  returned(): void;
}
