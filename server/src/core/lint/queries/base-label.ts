import type { Image } from "../../image/image";

/** The base image as the file names it, for messages: with ARG defaults substituted and without a digest. */
export function baseLabel({ baseReference, base }: Pick<Image, "baseReference" | "base">): string {
  return baseReference?.replace(/@.*/s, "") ?? base?.name ?? "";
}
