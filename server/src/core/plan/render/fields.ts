import { argv } from "../../container/flags";
import type { ContainerSpec } from "../../container/spec";

/** Without the keys that say nothing. */
export function defined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** Undefined in place of an empty list. */
export function filled<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** The object of these entries; undefined in place of an empty one. */
export function record<T>(entries: readonly (readonly [string, T])[]): Record<string, T> | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** An entrypoint as both APIs take it: one empty word resets the image's. Undefined keeps that of the image. */
export function entrypointField(entrypoint: ContainerSpec["entrypoint"]): readonly string[] | undefined {
  const words = entrypoint && argv(entrypoint);
  return words?.length === 0 ? [""] : words;
}

/** `NAME=value` of each text as an entry; a name alone has an empty value. */
export function assignments(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf("=");
      return equals === -1 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}
