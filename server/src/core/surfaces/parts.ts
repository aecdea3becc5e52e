import { type Ask, kept } from "../base/kept";
import type { Span } from "../base/text";
import { type FileText, isRunFile, kindOf, surfaceOf } from "./files";
import type { Part } from "./surface";

/** A span of a part, translated to its position in the file. */
export function spanInFile({ from, to, start, after }: Part, span: Span): Span {
  const moved = (offset: number, isEnd: boolean) => {
    const at = isEnd ? offset - 1 : offset;
    return at < from ? offset : at < to ? offset - from + start : offset - to + after;
  };
  const begin = moved(span.start, false);
  return { start: begin, end: span.end === span.start ? begin : moved(span.end, true) };
}

/** The results for the parts of a file. */
export type OfParts<Value> = readonly { readonly part: Part; readonly value: Value }[];

/**
 * Computes a value for each part of a file and keeps it until the part or a file that it depends on changes. Typing
 * in one of many containers thus costs as much as in a file with a single container. Undefined if the file has no
 * parts, if `make` returns nothing for one of them, or if the file is merged with another one, which may refer to its
 * other containers. `scope` identifies everything else that the values depend on.
 */
export function byPart<Value>(most: Parameters<typeof kept>[0]) {
  const recent = kept<Value | undefined>(most);
  return (
    { uri, text, kind = kindOf(uri, text) }: FileText,
    ask: Ask,
    scope: string,
    make: (part: FileText, ask: Ask) => Value | undefined,
  ): OfParts<Value> | undefined => {
    const all: { part: Part; value: Value }[] = [];
    for (const part of surfaceOf(kind)?.parts?.(text) ?? []) {
      const value = recent(`${kind} ${uri} ${scope}\n${part.text}`, ask, (ask) => {
        let isMerged = false;
        const noting = (asked: string) => {
          const answer = ask(asked);
          isMerged ||= answer !== undefined && isRunFile(asked);
          return answer;
        };
        const made = make({ uri, text: part.text, kind }, noting);
        return isMerged ? undefined : made;
      });
      if (value === undefined) return undefined;
      all.push({ part, value });
    }
    return all.length > 0 ? all : undefined;
  };
}
