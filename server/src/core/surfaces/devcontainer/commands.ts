import type { Node } from "jsonc-parser";
import type { Edit } from "../../base/text";
import type { WorkCommand, Worker } from "../../container/source";
import { quoteWord } from "../../shell/quote";
import { type JsonFile, nodeAt, spanOf, textAt } from "./json";

/**
 * The properties whose commands run in the container, in the order in which they run (devcontainers/spec,
 * docs/specs/devcontainerjson-reference.md, "Lifecycle scripts").
 */
const lifecycle = [
  "onCreateCommand",
  "updateContentCommand",
  "postCreateCommand",
  "postStartCommand",
  "postAttachCommand",
] as const;

/** How the tool works in the container: the user, the variables, and the commands. */
export function workerIn(file: JsonFile): Worker {
  const pairs = ["remoteEnv", "containerEnv"].flatMap((property) => nodeAt(file, property)?.children ?? []);
  return {
    user: textAt(file, "remoteUser"),
    variables: pairs.map(({ children }) => String(children?.[0]?.value)),
    commands: lifecycle.flatMap((property) => commandsAt(nodeAt(file, property))),
  };
}

/** The commands of a property. Those of an object run at the same time. */
function commandsAt(node: Node | undefined): WorkCommand[] {
  const values =
    node?.type === "object" ? (node.children ?? []).map(({ children }) => children?.[1]) : [node];
  return values.flatMap((value) => commandOf(value) ?? []);
}

/** A string is a script for a shell; an array is a program with its arguments. */
function commandOf(node: Node | undefined): WorkCommand | undefined {
  if (node?.type === "string") {
    const at = node.offset + 1;
    const precede = (text: string): Edit => ({
      span: { start: at, end: at },
      text: JSON.stringify(text).slice(1, -1),
    });
    return { text: String(node.value), span: spanOf(node), precede };
  }
  if (node?.type !== "array") return undefined;
  const words = (node.children ?? []).map(({ value }) => (typeof value === "string" ? value : ""));
  return { text: words.map(quoteWord).join(" "), span: spanOf(node) };
}
