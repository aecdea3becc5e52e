/** A regular expression as a tree. A set is one character out of those that `source` matches. */
export type Node =
  | { readonly kind: "set"; readonly source: string }
  | { readonly kind: "sequence" | "choice"; readonly items: readonly Node[] }
  | { readonly kind: "repeat"; readonly item: Node; readonly min: number; readonly max: number }
  | { readonly kind: "guard"; readonly guard: "^" | "$" | "b" | "B" }
  /** What stands ahead is looked at and not taken. */
  | { readonly kind: "look"; readonly item: Node };

const nothing: Node = { kind: "sequence", items: [] };

/** Parses the source of a JavaScript regular expression that is known to be valid. Backreferences count as empty. */
export function parse(source: string): Node {
  let at = 0;

  function choice(): Node {
    const items = [sequence()];
    while (source[at] === "|") {
      at++;
      items.push(sequence());
    }
    return items.length === 1 ? (items[0] as Node) : { kind: "choice", items };
  }

  function sequence(): Node {
    const items: Node[] = [];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") items.push(quantified(term()));
    return { kind: "sequence", items };
  }

  function take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern.source, "ys");
    sticky.lastIndex = at;
    const found = sticky.exec(source);
    if (found) at = sticky.lastIndex;
    return found ?? undefined;
  }

  function quantified(item: Node): Node {
    const found = take(/(?:([*+?])|\{(\d+)(,(\d*))?\})\??/);
    if (!found) return item;
    const [, sign, least, comma, most] = found;
    if (sign) return { kind: "repeat", item, min: sign === "+" ? 1 : 0, max: sign === "?" ? 1 : Infinity };
    const min = Number(least);
    return { kind: "repeat", item, min, max: comma ? (most ? Number(most) : Infinity) : min };
  }

  function term(): Node {
    if (take(/\(/)) return group();
    const guard = take(/[$^]|\\[bB]/)?.[0];
    if (guard) return { kind: "guard", guard: guard.replace("\\", "") as "^" };
    if (take(/\\(?:[1-9]|k<\w+>)/)) return nothing;
    const set = take(
      /\[(?:\\.|[^\]\\])*\]|\\(?:u\{[\da-f]+\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|p\{[^}]*\}|P\{[^}]*\}|c[A-Z]|.)|./,
    );
    return { kind: "set", source: set?.[0] ?? "" };
  }

  function group(): Node {
    const head = take(/\?(?:[:=!]|<[=!]|<\w+>)/)?.[0] ?? "";
    const item = choice();
    at++;
    if (head === "?=" || head === "?!") return { kind: "look", item };
    if (head !== "?<=" && head !== "?<!") return item;
    if (isEndless(item)) throw new Error(`What this looks back for has no end: ${source}`);
    return nothing;
  }

  return choice();
}

function isEndless(node: Node): boolean {
  if (node.kind === "repeat") return node.max === Infinity || isEndless(node.item);
  return "items" in node && node.items.some(isEndless);
}
