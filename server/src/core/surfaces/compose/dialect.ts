import { bareSpec, type ContainerSpec, type ListKey, type ScalarKey } from "../../container/spec";
import type { Value } from "../../yaml/write";
import type { ComposeFile } from "./file";

/** How a value of a run is spelled in a file. */
export interface Field<T> {
  readonly name: string;
  read(file: ComposeFile, node: unknown): T | undefined;
  write(value: T): Value;
}

/** The keys of a run that an item of a list can stand for. */
export type Item = { [K in ListKey]: { readonly key: K; readonly value: ContainerSpec[K][number] } }[ListKey];

/** Reads an item of a list; undefined for one that cannot be read. */
export type ItemReader = (file: ComposeFile, node: unknown) => Item | undefined;

/** The keys of a run with one value that a file can set. */
export type SingleKey = ScalarKey | "image" | "runtime";

/** How a kind of YAML file spells the settings of a container. What it has no key for cannot be set there. */
export interface Dialect {
  readonly singles: { readonly [K in SingleKey]?: Field<NonNullable<ContainerSpec[K]>> };
  readonly lists: {
    readonly [K in ListKey]?: { readonly name: string; write(value: ContainerSpec[K][number]): Value };
  };
  /** Reads an item of a list, by the list's name. */
  readonly items: Readonly<Record<string, ItemReader>>;
  /** The key of the variables. */
  readonly environment: string;
  /** It takes variables as a list alone. */
  readonly listsVariables?: boolean;
  /** A text as a value that reads back as it. */
  escape(text: string): string;
  /** A list takes the place of those that other layers set, instead of being added to them. */
  readonly replaces?: boolean;
}

/** The keys with one value of a run: those that the file can set in its order, then others that the run has. */
export function keysWithOne({ singles }: Dialect, spec: ContainerSpec): Iterable<SingleKey> {
  const others = Object.keys(spec).filter((key) => !(key in bareSpec) && key !== "others");
  return new Set([...Object.keys(singles), ...others] as SingleKey[]);
}
