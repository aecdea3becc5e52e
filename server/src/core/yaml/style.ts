import { isScalar, type Node, type Scalar, visit, type YAMLMap } from "yaml";
import type { YamlFile } from "./document";
import { columnOf, type Entry, pairStart } from "./nodes";
import type { Indent, Quote } from "./write";

/** Whether the values of a mapping are written in flow style. */
export function isInFlow(file: YamlFile, map: YAMLMap): boolean {
  return map.flow === true || file.inFlow(map);
}

/** The indentation of a mapping's keys relative to the key that contains the mapping. */
function stepOf(file: YamlFile, map: YAMLMap): number {
  const holder = file.holder(map);
  const first = map.items[0] as Entry["pair"] | undefined;
  if (!holder || !first) return 2;
  const step = columnOf(file.text, pairStart(first)) - columnOf(file.text, pairStart(holder.pair));
  return step > 0 ? step : 2;
}

/** How a file indents what is below the keys of a mapping. */
export function indentOf(file: YamlFile, map: YAMLMap): Indent {
  const keys = stepOf(file, map);
  return { keys, dashes: file.sequenceOffset ?? keys };
}

/** Whether an alias elsewhere refers to a node or to something inside it. */
export function holdsShared(file: YamlFile, node: Node): boolean {
  let found = false;
  visit(node, {
    Node: (_, each) => {
      if (!file.isShared(each)) return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

export function quoteOf(node: unknown): Quote {
  if (!isScalar(node)) return undefined;
  if (node.type === "QUOTE_DOUBLE") return "double";
  return node.type === "QUOTE_SINGLE" ? "single" : undefined;
}

/** The quotes that all nodes have in common. */
export function commonQuote(nodes: readonly unknown[]): Quote {
  const quote = quoteOf(nodes[0]);
  return nodes.every((node) => quoteOf(node) === quote) ? quote : undefined;
}

/**
 * The quotes for a mapping. If all its keys are in double quotes, it is JSON, in which string values are also quoted.
 */
export function jsonQuote(map: YAMLMap): Quote {
  const quote = commonQuote(map.items.map(({ key }) => key));
  return quote === "double" ? quote : undefined;
}

/** Whether a tag sets the type of a value, so that no other type is allowed. Compose's custom tags do not. */
export function hasType({ tag }: Scalar): boolean {
  return tag !== undefined && tag !== "!override" && tag !== "!reset";
}
