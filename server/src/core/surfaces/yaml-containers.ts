import type { Node } from "yaml";
import type { Edit, Span } from "../base/text";
import type { ContainerSource, SpecPlace } from "../container/source";
import { applySteps, type ContainerSpec, type SpecChange } from "../container/spec";
import { readYaml, type YamlFile } from "../yaml/document";
import type { Touch } from "../yaml/edit";
import { keyPlace } from "../yaml/key-place";
import { type Entry, isSeq } from "../yaml/nodes";
import { yamlRegions } from "../yaml/regions";
import { beginsInScalar, spanOf } from "../yaml/spans";
import type { Value } from "../yaml/write";
import { toDisplay } from "./compose/display";
import { serviceChanges } from "./compose/edits";
import { valueIn } from "./compose/items";
import type { Layer } from "./compose/layers";
import { composeProblems, standing } from "./compose/read";
import type { Service } from "./compose/service";
import type { SurfaceFile } from "./surface";

/** A container that a YAML file other than a compose file starts. */
export interface YamlContainer {
  readonly service: Service;
  /** The layer that is the container's own. */
  readonly own: Layer;
  /** Where it is named, if that is not the key of its layer. */
  readonly name?: Node;
  /** What the container starts with, where its tool makes more of the file than is written. */
  readonly spec: ContainerSpec;
  /** What is known of it besides. */
  readonly about: Partial<ContainerSource>;
  /** Keys that make its tool do what `target` wants and the file's keys for a run cannot say. */
  more?(target: ContainerSpec): NewKeys;
  /** What of it is not in keys but in the words of one. */
  readonly words?: {
    at(place: SpecPlace): Span | undefined;
    /** Edits of the words or a new key for them, and the steps that are for other keys; undefined where it is impossible. */
    changes(
      steps: readonly SpecChange[],
    ):
      | { readonly rest: readonly SpecChange[]; readonly edits: readonly Edit[]; readonly more?: NewKeys }
      | undefined;
  };
}

type NewKeys = Iterable<readonly [key: string, value: Value]>;

/** What such a file reads as. */
export function yamlFile(uri: string, text: string, containers: readonly YamlContainer[]): SurfaceFile {
  const file = readYaml(uri, text);
  return {
    containers: containers.map((container) => sourceOf(container, containers)),
    includes: [],
    problems: () => composeProblems(uri, text),
    regionAfter: yamlRegions(text),
    commentPlace: (offset) => (beginsInScalar(file, offset) ? undefined : offset),
    keyAt: (offset) => keyPlace(file, offset),
  };
}

/** The layer of a mapping that is not the value of a key: an item of a list, by the node that has its name. */
export function layerOf(file: YamlFile, name: Node, body: Node): Layer {
  return { file, entry: { pair: { key: name, value: body } } as Entry };
}

/** The items of a list; none for other values. */
export function itemsIn(file: YamlFile, value: unknown): readonly Node[] {
  const list = file.resolve(value);
  return isSeq(list) ? (list.items as Node[]) : [];
}

/** The name of a driver: `driver: NAME`, or `driver: { name: NAME }`. */
export function driverName(file: YamlFile, value: Node | null | undefined): string | undefined {
  return valueIn(file, value) ?? valueIn(file, file.entries(value).get("name")?.pair.value);
}

const impossible = { rest: undefined, edits: [], more: [] };

function sourceOf(container: YamlContainer, all: readonly YamlContainer[]): ContainerSource {
  const { service, own, spec, about } = container;
  const { file } = own;
  const nameSpan: Span = spanOf(file, container.name ?? own.entry.pair.key);
  return {
    name: service.name,
    spec,
    nameSpan,
    at: (place) => {
      const found = standing(service, place);
      return found ? spanOf(found.file, found.node) : container.words?.at(place);
    },
    changes: (steps) => {
      const { rest, edits, more } = container.words
        ? (container.words.changes(steps) ?? impossible)
        : { rest: steps, edits: [], more: container.more?.(applySteps(spec, steps)) };
      if (!rest) return [];
      const sharing = (touched: readonly Touch[]) => saying(file, touched, all);
      const target = applySteps(service.spec, rest);
      return serviceChanges(file, service, own, target, sharing, more).map((change) => ({
        ...change,
        edits: [...change.edits, ...edits],
      }));
    },
    start: () => ({ image: spec.image ?? service.name, spec, left: [] }),
    toDisplay: (step) => toDisplay(service.dialect, step),
    ...about,
  };
}

/** The containers that say what is touched; undefined where an alias refers to it or to what it is in. */
function saying(
  file: YamlFile,
  touched: readonly Touch[],
  containers: readonly YamlContainer[],
): readonly string[] | undefined {
  const names = new Set<string>();
  for (const { node } of touched) {
    for (let above: Node | undefined = node; above; above = file.parent(above)) {
      if (file.isShared(above)) return undefined;
      for (const { service } of containers)
        if (service.layers.some(({ entry }) => entry.pair.value === above)) names.add(service.name);
    }
  }
  return [...names];
}
