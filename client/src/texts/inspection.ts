import type { Texts } from "../text";

/** The lines about the inspection of images in the output channel. */
export const inspection = {
  noEngine: (t, why: string) => t("Images are not inspected. {0}", why),
  failed: (t, image: string, why: string) => t("{0} was not inspected. {1}", image, why),
  late: (t, seconds: number) => t("The container engine did not respond within {0} s.", String(seconds)),
} as const satisfies Texts;
