import { bareSpec, type ContainerSpec, type ListKey, type ScalarKey } from "../../container/spec";
import type { Value } from "../../yaml/write";
import type { ComposeFile } from "./file";

/** How a Compose file expresses one setting of a container: its key, and how to read and write its value. */
export interface Field<T> {
  readonly name: string;
  read(file: ComposeFile, node: unknown): T | undefined;
  write(value: T): Value;
}

/** The keys of a spec that contain lists, with an item for each. */
export type Item = { [K in ListKey]: { readonly key: K; readonly value: ContainerSpec[K][number] } }[ListKey];

/** Reads an item of a list; undefined if the item cannot be read. */
export type ItemReader = (file: ComposeFile, node: unknown) => Item | undefined;

/** The single-valued keys of a spec that a file can set. */
export type SingleKey = ScalarKey | "image" | "runtime";

/** How a kind of YAML file spells the settings of a container. A setting without a key cannot be set there. */
export interface Dialect {
  readonly singles: { readonly [K in SingleKey]?: Field<NonNullable<ContainerSpec[K]>> };
  readonly lists: {
    readonly [K in ListKey]?: { readonly name: string; write(value: ContainerSpec[K][number]): Value };
  };
  /** Readers for the items of lists, by the name of the list. */
  readonly items: Readonly<Record<string, ItemReader>>;
  /** The name of the key with the environment variables. */
  readonly environment: string;
  /** Variables can be written only as a list. */
  readonly listsVariables?: boolean;
  /** Escapes a string so that it is read back unchanged. */
  escape(text: string): string;
  /** A list replaces those of other layers instead of being added to them. */
  readonly replaces?: boolean;
}

/** The single-valued keys of a spec: first those that the file can set, in its order, then the others in the spec. */
export function keysWithOne({ singles }: Dialect, spec: ContainerSpec): Iterable<SingleKey> {
  const others = Object.keys(spec).filter((key) => !(key in bareSpec) && key !== "others");
  return new Set([...Object.keys(singles), ...others] as SingleKey[]);
}
