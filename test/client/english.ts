import { argument, type Text, type Translate } from "../../client/src/text";

/** Texts as an English editor shows them, with their places filled. */
export const english: Translate = (text, ...args) => fill(text, args.map(argument)) as Text;

/** The text with its places filled, as the editor does it. */
export function fill(text: string, args: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)]));
}
