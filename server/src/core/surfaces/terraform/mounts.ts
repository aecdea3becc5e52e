import type { Span } from "../../base/text";
import { plainPath } from "../../container/mount";
import type { Mount, Tmpfs } from "../../container/spec";
import type { Block, Body } from "./hcl";
import { attributeOf, blocksOf, textIn, truthIn } from "./values";

/** An item of a spec, with its position. */
export interface Placed<Item> {
  readonly item: Item;
  readonly span: Span;
}

/** The entries of `tmpfs`: paths with their options. */
export function tmpfsIn(body: Body): Placed<Tmpfs>[] {
  const value = attributeOf(body, "tmpfs")?.value;
  if (value?.kind !== "map") return [];
  return value.body.attributes.map(({ name, value: of, span }) => {
    const options = of.kind === "text" ? of.text.split(",").filter((option) => option !== "") : [];
    return { item: { path: plainPath(name), options }, span };
  });
}

/** What the `volumes` and `mounts` blocks mount. The position of each is that of its path in the container. */
export function mountsIn(body: Body): (Placed<Mount | Tmpfs> & { readonly block: Block })[] {
  return [...blocksOf(body, "volumes"), ...blocksOf(body, "mounts")].flatMap((block) => {
    const path = pathOf(block.body);
    if (path === undefined) return [];
    const target = plainPath(path);
    const span = (attributeOf(block.body, "container_path") ?? attributeOf(block.body, "target") ?? block)
      .span;
    const type = textIn(block.body, "type");
    if (type === "tmpfs") return { item: { path: target, options: [] }, span, block };
    const source =
      textIn(block.body, "host_path") ?? textIn(block.body, "volume_name") ?? textIn(block.body, "source");
    const isBind = type === "bind" || attributeOf(block.body, "host_path") !== undefined;
    const item: Mount = {
      type: isBind ? "bind" : "volume",
      ...(source !== undefined && { source }),
      target,
      readOnly: truthIn(block.body, "read_only") ?? false,
    };
    return { item, span, block };
  });
}

/** The path at which a block mounts something, if it is written out. */
export function pathOf(body: Body): string | undefined {
  return textIn(body, "container_path") ?? textIn(body, "target");
}
