import type { Text, Translate } from "../../../../client/src/text";

/** The texts of the extension in English. What is foreign in them is made visible where it is printed. */
export const english: Translate = (text, ...args) =>
  text.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])) as Text;
