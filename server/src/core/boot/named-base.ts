import type { Ask } from "../base/kept";
import type { ContainerSpec } from "../container/spec";
import type { BaseImage } from "../image/base-image";
import { knownImage } from "../image/base-images";
import { interpolate } from "./argv";

/** What is known of the image that a container names. `read` gives what was seen in images. */
export function namedBase({ image }: Pick<ContainerSpec, "image">, read: Ask): BaseImage | undefined {
  return image === undefined ? undefined : knownImage(interpolate(image), read);
}
