import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { readDockerfile } from "../../server/src/core/image/dockerfile";
import type { FileKind } from "../../server/src/core/surfaces/files";

/** What a fix broke: the file no longer parses, or more of it changed than its edits account for. */
export function brokenBy(kind: FileKind, old: string, now: string, edits: number): string | undefined {
  return kind === "dockerfile" ? brokenDockerfile(old, now, edits) : brokenYaml(old, now);
}

/** Each edit may take one instruction and put one in its place. */
function brokenDockerfile(old: string, now: string, edits: number): string | undefined {
  const [before, after] = [instructionsOf(old), instructionsOf(now)];
  const gone = without(before, after);
  const come = without(after, before);
  if (gone.length > edits || come.length > edits) return `changed: ${[...gone, ...come].join(" | ")}`;
  const kept = (list: readonly string[], other: readonly string[]) =>
    list.filter((instruction) => !other.includes(instruction)).join("\n");
  return kept(before, gone) === kept(after, come) ? undefined : "another order";
}

function instructionsOf(text: string): string[] {
  return readDockerfile(text).instructions.map(
    ({ keyword, arguments: words, heredocs }) =>
      `${keyword} ${words} ${heredocs.map(({ body }) => body).join()}`,
  );
}

/** What a list has more of than another. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((item) => {
    const at = rest.indexOf(item);
    if (at === -1) return true;
    rest.splice(at, 1);
    return false;
  });
}

/** It has no more errors than before, and only the values below one key of one service changed. */
function brokenYaml(old: string, now: string): string | undefined {
  const [before, after] = [parseDocument(old), parseDocument(now)];
  if (after.errors.length > before.errors.length) return after.errors[0]?.message;
  const [was, is] = [leaves(before.contents), leaves(after.contents)];
  const changed = [...was, ...is].filter((leaf) => !(was.has(leaf) && is.has(leaf)));
  const places = new Set(changed.map((leaf) => leaf.split("/").slice(0, 3).join("/")));
  return places.size > 1 ? `changed: ${[...places].join(" | ")}` : undefined;
}

/** Every scalar with the keys on the way to it; places in lists do not count. */
function leaves(node: unknown, path = ""): Set<string> {
  const found = new Set<string>();
  const visit = (at: Node | unknown, way: string) => {
    if (isMap(at)) for (const { key, value } of at.items) visit(value, `${way}/${String(key)}`);
    else if (isSeq(at)) for (const item of at.items) visit(item, way);
    else found.add(`${way} ${isScalar(at) ? String(at.value) : String(at)}`);
  };
  visit(node, path);
  return found;
}
