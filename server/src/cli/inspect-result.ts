import type { SeenImage } from "../core/image/seen-image";
import type { ExitCode } from "./exit-code";

/** An image that was asked about. */
export interface InspectedReference {
  readonly reference: string;
  /** Absent where the engine does not have the image, or it could not be read, which was printed. */
  readonly image?: SeenImage;
  /** What a snapshot has of the image, for lint. */
  readonly base?: string;
}

/** What came of it: 0 where the engine has one of the images, 1 where it has none, 3 without an engine. */
export interface InspectResult {
  readonly code: ExitCode;
  /** `Docker 28.5.2`. */
  readonly engine?: string;
  readonly images: readonly InspectedReference[];
}
