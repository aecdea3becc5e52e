import type { Span } from "../../../server/src/core/base/text";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import type { Image } from "../../../server/src/core/image/image";

/** The image of a Dockerfile that must have one. */
export function imageOf(text: string, target?: string): Image {
  const image = readDockerfile(text).image(target);
  if (!image) throw new Error("no image");
  return image;
}

/** What is at a span. */
export function written(text: string, span: Span | undefined): string | undefined {
  return span && text.slice(span.start, span.end);
}
