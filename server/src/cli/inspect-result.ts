import type { SeenImage } from "../core/image/seen-image";
import type { ExitCode } from "./exit-code";

/** An image that was to be inspected. */
export interface InspectedReference {
  readonly reference: string;
  /** Absent if the engine does not have the image, or if it could not be read, which was already reported. */
  readonly image?: SeenImage;
  /** The facts about the image that lint reads from a snapshot, as JSON. */
  readonly base?: string;
}

/** `code` is 0 if the engine has at least one of the images, 1 if it has none, and 3 without an engine. */
export interface InspectResult {
  readonly code: ExitCode;
  /** The name and version of the engine: `Docker 28.5.2`. */
  readonly engine?: string;
  readonly images: readonly InspectedReference[];
}
