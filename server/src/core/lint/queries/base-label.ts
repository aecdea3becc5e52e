import type { Image } from "../../image/image";

/** The base image as the file names it, with ARG defaults put in and without a digest, for messages. */
export function baseLabel({ baseReference, base }: Pick<Image, "baseReference" | "base">): string {
  return baseReference?.replace(/@.*/s, "") ?? base?.name ?? "";
}
