import type { Rule } from "../rule";

/** The catalogue, in the order of the pages. */
export const rules: readonly Rule[] = [];
