import { indentation, lineAt, nextLine, type Span } from "../base/text";

/**
 * The key of a YAML file that follows an offset, with everything indented below it. A sequence may have the same
 * indentation as its key, so dashes at that indentation also belong to it.
 */
export function yamlRegions(text: string): (offset: number) => Span {
  const known = new Map<number, Span>();
  return (offset) => {
    const start = lineAt(text, offset).start;
    let at = nextLine(text, offset);
    while (
      at < text.length &&
      !known.has(at) &&
      /^[ \t]*(#|\r?$)/.test(text.slice(at, lineAt(text, at).end))
    ) {
      at = nextLine(text, at);
    }
    const region = known.get(at) ?? yamlRegion(text, at);
    known.set(start, region);
    return region;
  };
}

function yamlRegion(text: string, at: number): Span {
  const first = lineAt(text, at);
  const depth = indentation(text, at);
  const isItem = text[at + depth] === "-";
  let end = first.end;
  for (let next = nextLine(text, at); next < text.length; next = nextLine(text, next)) {
    const line = lineAt(text, next);
    const blank = text.slice(line.start, line.end).trim() === "";
    const deep = indentation(text, next);
    const ownItem = !isItem && deep === depth && text[next + deep] === "-";
    if (!blank && deep <= depth && !ownItem) break;
    end = line.end;
  }
  return { start: at, end };
}
