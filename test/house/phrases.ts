import { childrenOf, type Node } from "./parsed";

/** Two words next to each other, the second of small letters. Every sentence has such, and so has a part of one. */
const phrase = /\p{L}{2,},? \p{Ll}{2,}/u;

/** The string literals and templates that read as English, but for the value of what is named `script`: a shell's. */
export function phrasesIn(tree: Node): string[] {
  const found: string[] = [];
  const visit = (node: Node) => {
    if (isScript(node)) return;
    const text = textOf(node);
    if (text !== undefined && phrase.test(text)) found.push(text);
    childrenOf(node).forEach(visit);
  };
  visit(tree);
  return found;
}

/** `const script = …` and `script: …`. */
function isScript(node: Node): boolean {
  const { id, key } = node as { id?: { name?: string } | null; key?: { name?: string } };
  if (node.type === "VariableDeclarator") return id?.name === "script";
  return node.type === "Property" && key?.name === "script";
}

/** The text of a string literal or a template; a place of a template is `…`. */
function textOf(node: Node): string | undefined {
  const { value, quasis } = node as { value?: unknown; quasis?: readonly { value: { cooked: string } }[] };
  if (node.type === "TemplateLiteral") return quasis?.map(({ value: { cooked } }) => cooked).join("…");
  return node.type === "Literal" && typeof value === "string" ? value : undefined;
}
