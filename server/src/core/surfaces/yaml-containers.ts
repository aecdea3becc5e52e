import type { Node } from "yaml";
import type { Span } from "../base/text";
import type { ContainerSource } from "../container/source";
import { applySteps, type ContainerSpec } from "../container/spec";
import { readYaml, type YamlFile } from "../yaml/document";
import type { Touch } from "../yaml/edit";
import { keyPlace } from "../yaml/key-place";
import type { Entry } from "../yaml/nodes";
import { yamlRegions } from "../yaml/regions";
import { beginsInScalar, spanOf } from "../yaml/spans";
import type { Value } from "../yaml/write";
import { toDisplay } from "./compose/display";
import { serviceChanges } from "./compose/edits";
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
  more?(target: ContainerSpec): Iterable<readonly [key: string, value: Value]>;
}

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
      return found && spanOf(found.file, found.node);
    },
    changes: (steps) => {
      const wanted = applySteps(spec, steps);
      const target = applySteps(service.spec, steps);
      const sharing = (touched: readonly Touch[]) => saying(file, touched, all);
      return serviceChanges(file, service, own, target, sharing, container.more?.(wanted));
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
