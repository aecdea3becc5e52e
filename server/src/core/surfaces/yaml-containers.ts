import type { Node } from "yaml";
import type { Edit, Span } from "../base/text";
import type { ContainerSource, SpecPlace } from "../container/source";
import { applySteps, type ContainerSpec, type SpecChange } from "../container/spec";
import { readYaml, type YamlFile } from "../yaml/document";
import type { Touch } from "../yaml/edit";
import { keyPlace } from "../yaml/key-place";
import { isSeq } from "../yaml/nodes";
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

/** A container that a YAML file other than a Compose file starts. */
export interface YamlContainer {
  readonly service: Service;
  /** The container's own layer. */
  readonly own: Layer;
  /** The node that names the container, if that is not the key of its layer. */
  readonly name?: Node;
  /** The settings that the container starts with, if its tool adds to what the file contains. */
  readonly spec: ContainerSpec;
  /** Further facts about the container. */
  readonly about: Partial<ContainerSource>;
  /** Keys that make the tool meet parts of `target` that the other keys of the file cannot express. */
  more?(target: ContainerSpec): NewKeys;
  /** Settings of the container that are not keys but words in the value of one key. */
  readonly words?: {
    at(place: SpecPlace): Span | undefined;
    /**
     * The edits of the words or a new key for them, and the steps that are for other keys; undefined if they are not
     * possible.
     */
    changes(
      steps: readonly SpecChange[],
    ):
      | { readonly rest: readonly SpecChange[]; readonly edits: readonly Edit[]; readonly more?: NewKeys }
      | undefined;
  };
}

type NewKeys = Iterable<readonly [key: string, value: Value]>;

/** A YAML file with its containers, as its surface reads it. */
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
      if (found && found.file !== file) return undefined;
      return found ? spanOf(file, found.node) : container.words?.at(place);
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

/** The containers that contain the edited nodes; undefined if an alias refers to such a node or to one above it. */
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
