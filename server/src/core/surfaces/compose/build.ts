import { isMap, isScalar, isSeq, type Node } from "yaml";
import { resolveUri } from "../../base/uri";
import type { BuildLink } from "../../container/source";
import { textOf } from "../../yaml/nodes";
import { spanOf } from "../../yaml/spans";
import { type ComposeFile, uriIn } from "./file";
import { interpolate } from "./interpolate";
import { valueIn } from "./items";
import { type Layer, type Slot, slotsOf } from "./layers";

/** What a service of a file builds, with its layers merged key by key. `uriIn` defines what paths are relative to. */
export function readBuild(layers: readonly Layer[], own: ComposeFile): BuildLink | undefined {
  const slots = slotsOf(layers, "build").filter(({ node }) => isMap(node) || textOf(node) !== undefined);
  if (slots.length === 0) return undefined;
  const last = (name: string) =>
    slots
      .flatMap((slot) => {
        const value = field(slot, name);
        return value === undefined ? [] : [{ value, file: slot.file, node: fieldNode(slot, name) }];
      })
      .at(-1);
  const context = last("context") ?? { value: ".", file: (slots.at(-1) as Slot).file };
  const named = last("dockerfile") ?? last("context");
  const contextUri = uriIn(context.file, context.value);
  const inline = last("dockerfile_inline")?.value;
  const path = last("dockerfile")?.value ?? "Dockerfile";
  const dockerfile =
    inline === undefined && contextUri !== undefined ? resolveUri(`${contextUri}/`, path) : undefined;
  const target = last("target")?.value;
  return {
    ...(dockerfile !== undefined && { dockerfile }),
    ...(inline !== undefined && { inline }),
    ...(target !== undefined && { target }),
    ...(contextUri !== undefined && { context: contextUri }),
    ...(named?.node && named.file.uri === own.uri && { span: spanOf(named.file, named.node) }),
    args: Object.assign({}, ...slots.map(argsIn)),
  };
}

/** A field of `build`; in the short form, the value is the context. */
function field(slot: Slot, name: string): string | undefined {
  return valueIn(slot.file, fieldNode(slot, name));
}

function fieldNode({ file, node }: Slot, name: string): Node | null | undefined {
  if (isScalar(node)) return name === "context" ? node : undefined;
  return file.entries(node).get(name)?.pair.value;
}

function argsIn({ file, node }: Slot): Record<string, string | undefined> {
  const args = file.resolve(file.entries(node).get("args")?.pair.value);
  if (isSeq(args)) return Object.fromEntries(args.items.flatMap((item) => namedValue(file, item)));
  return Object.fromEntries(
    [...file.entries(args)].map(([name, { pair }]) => [name, valueIn(file, pair.value)]),
  );
}

function namedValue(file: ComposeFile, item: unknown): [string, string | undefined][] {
  const text = textOf(file.resolve(item));
  if (text === undefined) return [];
  const [, name = text, value] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  return [[name, value === undefined ? undefined : interpolate(value, file.variables).text]];
}
