import { argv } from "../../container/flags";
import type { ContainerSpec } from "../../container/spec";

/** The record without keys whose value is undefined. */
export function defined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** The list, or undefined if it is empty. */
export function filled<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** An object with these entries, or undefined if there are none. */
export function record<T>(entries: readonly (readonly [string, T])[]): Record<string, T> | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/**
 * An entrypoint in the format of both APIs: a single empty word resets the image's entrypoint; undefined keeps it.
 */
export function entrypointField(entrypoint: ContainerSpec["entrypoint"]): readonly string[] | undefined {
  const words = entrypoint && argv(entrypoint);
  return words?.length === 0 ? [""] : words;
}

/** Converts strings of the form `NAME=value` to entries. A name without a value gets an empty value. */
export function assignments(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf("=");
      return equals === -1 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}
