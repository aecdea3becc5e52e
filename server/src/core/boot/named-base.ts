import type { Ask } from "../base/kept";
import type { ContainerSpec } from "../container/spec";
import type { BaseImage } from "../image/base-image";
import { knownImage } from "../image/base-images";
import { interpolate } from "./argv";

/** What is known about the image that a container names. `read` returns what was found by inspecting images. */
export function namedBase({ image }: Pick<ContainerSpec, "image">, read: Ask): BaseImage | undefined {
  return image === undefined ? undefined : knownImage(interpolate(image), read);
}
