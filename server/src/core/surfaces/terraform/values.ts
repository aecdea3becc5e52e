import type { Attribute, Block, Body, Value } from "./hcl";

/** The attribute with a name; if there are two, the last one. */
export function attributeOf({ attributes }: Body, name: string): Attribute | undefined {
  return attributes.findLast((each) => each.name === name);
}

/** The blocks of a type. */
export function blocksOf({ blocks }: Body, type: string): readonly Block[] {
  return blocks.filter((each) => each.type === type);
}

/** The value of an attribute that is a string. */
export function textIn(body: Body, name: string): string | undefined {
  const value = attributeOf(body, name)?.value;
  return value?.kind === "text" ? value.text : undefined;
}

/** The boolean value of an attribute, which may be in quotes. */
export function truthIn(body: Body, name: string): boolean | undefined {
  const value = attributeOf(body, name)?.value;
  if (value?.kind !== "word" && value?.kind !== "text") return undefined;
  return value.text === "true" ? true : value.text === "false" ? false : undefined;
}

/** The numeric value of an attribute, which may be in quotes. */
export function numberIn(body: Body, name: string): number | undefined {
  const value = attributeOf(body, name)?.value;
  if ((value?.kind !== "word" && value?.kind !== "text") || value.text.trim() === "") return undefined;
  const number = Number(value.text);
  return Number.isNaN(number) ? undefined : number;
}

/** The items of an attribute that is a list. */
export function itemsIn(body: Body, name: string): readonly Value[] {
  const value = attributeOf(body, name)?.value;
  return value?.kind === "list" ? value.items : [];
}

/** The strings in an attribute that is a list. */
export function textsIn(body: Body, name: string): string[] {
  return itemsIn(body, name).flatMap((item) => (item.kind === "text" ? item.text : []));
}

/** Whether a value is written out completely. */
export function isLiteral(value: Value): boolean {
  if (value.kind === "word") return /^(true|false|null|-?[\d.]+)$/.test(value.text);
  if (value.kind === "list") return value.items.every(isLiteral);
  if (value.kind === "map") return value.body.attributes.every((each) => isLiteral(each.value));
  return value.kind === "text";
}
