import type { Text, Translate } from "../../../../client/src/text";

/** The extension's messages in English. Text from outside is escaped where it is printed. */
export const english: Translate = (text, ...args) =>
  text.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])) as Text;
