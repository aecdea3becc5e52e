import { grouped } from "../../server/src/core/base/grouped";
import { symptomHeadings } from "../../server/src/core/docs/index-page";
import { ruleDescription } from "../../server/src/core/docs/settings";
import { rules } from "../../server/src/core/lint/rules/index";
import { catalogue } from "../../server/src/core/logs/catalogue";
import { type Node, nodesOf, type Parsed, parsed } from "./parsed";

/** The calls that take a text for the reader, with its place among their arguments. */
const sayers: Readonly<Record<string, number>> = { message: 1, finding: 3, t: 0, md: 0 };

/** What services need. */
const needs = "server/src/core/plan/needs.ts";

/** Properties that hold a text for the reader, in tables of the log explainer and of what services need. */
const keys: Readonly<Record<string, readonly string[]>> = {
  "server/src/core/logs/": ["cause", "fix"],
  [needs]: ["why"],
};

/** Every text that the extension shows, in English with its places, sorted; of the manifest only the rules'. */
export function textsOfExtension(): readonly string[] {
  const files = ["client/src", "server/src/lsp", "server/src/core"].flatMap(parsed);
  const written = files.filter(({ path }) => !path.startsWith("server/src/core/docs/")).flatMap(textsIn);
  const ofRules = rules.flatMap(({ title, severity, off, consequence, messages, fixes = {} }) => [
    title,
    severity,
    ...(off ? ["off"] : []),
    consequence,
    ...Object.values(messages),
    ...Object.values(fixes),
  ]);
  // Harmless lines are not explained.
  const explained = catalogue.filter(({ kind }) => kind !== "harmless");
  const ofLogs = explained.flatMap(({ cause, fix }) => [cause, fix]);
  const ofDocs = [ruleDescription, ...Object.values(symptomHeadings)];
  return [...new Set([...written, ...ofRules, ...ofLogs, ...ofDocs])].sort();
}

/** The literals that calls of `t` and `md` take. */
export function literalsSaid(tree: Node): string[] {
  const nodes = nodesOf(tree);
  return nodes.flatMap((node) => {
    const { callee } = node as Call;
    const isTranslated = ["t", "md"].includes(callee?.name ?? callee?.property?.name ?? "");
    return isTranslated ? saidBy(node).flatMap((said) => literalsIn(said, new Map())) : [];
  });
}

/** The keys of the server's messages by their templates; a template of several messages has their keys, with | between. */
export function keysOfServer(): ReadonlyMap<string, string> {
  const written = parsed("server/src").flatMap(({ path, tree }) => {
    const nodes = nodesOf(tree());
    const constants = grouped(nodes.flatMap(constant), ([name]) => name);
    const keyed = nodes.flatMap((node) =>
      saidBy(node).flatMap((said) => withKey(node as Call, said, constants)),
    );
    return path === needs ? [...keyed, ...nodes.flatMap(needOf)] : keyed;
  });
  const ofRules = rules.flatMap(({ id, title, consequence, messages, fixes }) =>
    Object.entries({ title, consequence, ...messages, ...fixes }).map(
      ([name, template]) => [template, `${id}.${name}`] as const,
    ),
  );
  const ofLogs = catalogue.flatMap(({ id, cause, fix }) => [
    [cause, `explain.${id}.cause`] as const,
    [fix, `explain.${id}.fix`] as const,
  ]);
  const keys = grouped([...written, ...ofRules, ...ofLogs], ([template]) => template);
  return new Map(
    [...keys].map(([template, all]) => [template, [...new Set(all.map(([, key]) => key))].sort().join("|")]),
  );
}

/** Why a service needs something, with its key. */
function needOf(node: Node): [string, string][] {
  const { properties = [] } = node as { properties?: readonly { key?: { name?: string }; value?: Node }[] };
  const literal = (name: string) => {
    const value = properties.find(({ key }) => key?.name === name)?.value;
    return value ? literalsIn(value, new Map())[0] : undefined;
  };
  const [name, why] = [literal("name"), literal("why")];
  return name !== undefined && why !== undefined ? [[why, `need.${name}`]] : [];
}

/** The templates of a call of `message`, each with its key. */
function withKey({ callee, arguments: [key] }: Call, said: Node, constants: Constants): [string, string][] {
  if (callee.name !== "message" || !key) return [];
  const [name] = literalsIn(key, constants);
  return name === undefined ? [] : literalsIn(said, constants).map((template) => [template, name]);
}

function textsIn({ path, tree }: Parsed): string[] {
  const nodes = nodesOf(tree());
  const constants = grouped(nodes.flatMap(constant), ([name]) => name);
  const named = Object.entries(keys).flatMap(([where, names]) => (path.startsWith(where) ? names : []));
  return nodes.flatMap((node) => [
    ...saidBy(node).flatMap((said) => literalsIn(said, constants)),
    ...(isKey(node, named) ? literalsIn(node.value, constants) : []),
  ]);
}

type Constants = ReadonlyMap<string, readonly [string, Node][]>;

interface Call extends Node {
  readonly callee: { readonly name?: string; readonly property?: { readonly name?: string } };
  readonly arguments: readonly Node[];
}

/** The argument of a call that is a text. */
function saidBy(node: Node): Node[] {
  if (node.type !== "CallExpression") return [];
  const { callee, arguments: given } = node as Call;
  const place = sayers[callee.name ?? callee.property?.name ?? ""];
  const said = place === undefined ? undefined : given[place];
  return said ? [said] : [];
}

function isKey(node: Node, names: readonly string[]): node is Node & { value: Node } {
  const { key } = node as { key?: { name?: string } };
  return node.type === "Property" && names.includes(key?.name ?? "");
}

/** `const name = …` by its name. */
function constant(node: Node): [string, Node][] {
  const { id, init } = node as { id?: { name?: string } | null; init?: Node | null };
  return node.type === "VariableDeclarator" && id?.name && init ? [[id.name, init]] : [];
}

/** The strings that an expression can be: itself, both sides of a condition, or constants of the name that it is. */
function literalsIn(node: Node, constants: Constants): string[] {
  const { value, quasis, consequent, alternate, name } = node as {
    value?: unknown;
    quasis?: readonly { value: { cooked: string } }[];
    consequent?: Node;
    alternate?: Node;
    name?: string;
  };
  if (node.type === "Literal") return typeof value === "string" ? [value] : [];
  if (node.type === "TemplateLiteral" && quasis?.length === 1) return [quasis[0]?.value.cooked ?? ""];
  if (node.type === "ConditionalExpression" && consequent && alternate)
    return [consequent, alternate].flatMap((each) => literalsIn(each, constants));
  const named = (node.type === "Identifier" && name && constants.get(name)) || [];
  // Of several constants of a name the last one before is meant.
  const before = named.filter(([, init]) => init.start < node.start).slice(-1);
  return (before.length > 0 ? before : named).flatMap(([, init]) => literalsIn(init, constants));
}
