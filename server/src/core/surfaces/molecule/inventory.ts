import type { Node } from "yaml";
import { deepestNesting } from "../../base/limits";
import { type Read, resolveUri } from "../../base/uri";
import type { ContainerSource } from "../../container/source";
import { readYaml, type YamlFile } from "../../yaml/document";
import { type Entry, isMap } from "../../yaml/nodes";
import { spanOf } from "../../yaml/spans";
import type { Dialect } from "../compose/dialect";
import { argv, boolean, itemReaders, lists, text } from "../compose/fields";
import { valueIn } from "../compose/items";
import { type Layer, layerOf } from "../compose/layers";
import { serviceOf } from "../compose/service";
import type { SurfaceFile } from "../surface";
import { type YamlContainer, yamlFile } from "../yaml-containers";

/** The variables that Molecule's guides give to the hosts of an inventory (molecule, docs/guides/systemd-container.md). */
const variables: Dialect = {
  singles: {
    image: text("container_image"),
    command: argv("container_command"),
    privileged: boolean("container_privileged"),
    systemd: text("container_systemd"),
  },
  lists: {
    mounts: { ...lists.mounts, name: "container_volumes" },
    capabilities: { ...lists.capabilities, name: "container_capabilities" },
  },
  items: { container_volumes: itemReaders.volumes, container_capabilities: itemReaders.cap_add },
  environment: "container_env",
  escape: (value) => value,
};

/**
 * Reads those hosts of an inventory for which the scenario's `create.yml` starts containers. Nothing is known about
 * them if that playbook is absent or uses other variables. Never throws.
 */
export function readInventory(uri: string, written: string, read: Read): SurfaceFile {
  const file = readYaml(uri, written);
  const playbook = resolveUri(uri, "../create.yml");
  const create = (playbook && read(playbook)) ?? "";
  const hosts = create.includes("container_image") ? hostsIn(file, file.root, [], { uri, read }) : [];
  return yamlFile(
    uri,
    written,
    hosts.flatMap((host) => container(file, host, create) ?? []),
  );
}

/** A host of an inventory with the layers of its variables; the last layer applies. */
interface Host {
  readonly entry: Entry;
  readonly layers: readonly Layer[];
}

/** Where an inventory is, and what is beside it. */
interface Scene {
  readonly uri: string;
  readonly read: Read;
}

/** The hosts of groups and the groups below them. Files in `group_vars` take precedence over the variables of a group. */
function hostsIn(file: YamlFile, groups: unknown, above: readonly Layer[], scene: Scene, depth = 0): Host[] {
  // An alias can make a group its own child.
  if (depth > deepestNesting) return [];
  return [...file.entries(groups)].flatMap(([name, { pair }]) => {
    const group = file.entries(pair.value);
    const vars = group.get("vars");
    const other = ["yml", "yaml"].flatMap((ending) =>
      fileLayer(resolveUri(scene.uri, `group_vars/${name}.${ending}`), scene.read),
    );
    const layers = [...above, ...(vars ? [{ file, entry: vars }] : []), ...other];
    const own = [...file.entries(group.get("hosts")?.pair.value).values()];
    return [
      ...own.map((entry) => ({ entry, layers: [...layers, { file, entry }] })),
      ...hostsIn(file, group.get("children")?.pair.value, layers, scene, depth + 1),
    ];
  });
}

/** The variables of a file as a layer. */
function fileLayer(uri: string | undefined, read: Read): Layer[] {
  const text = uri === undefined ? undefined : read(uri);
  if (uri === undefined || text === undefined) return [];
  const file = readYaml(uri, text);
  return isMap(file.root) ? [layerOf(file, file.root)] : [];
}

function container(file: YamlFile, { entry, layers }: Host, create: string): YamlContainer | undefined {
  const key = entry.pair.key as Node;
  const name = valueIn(file, key);
  if (name === undefined || !isMap(file.resolve(entry.pair.value))) return undefined;
  const service = serviceOf(variables, name, layers);
  const engine: ContainerSource["engine"] = /\bpodman_container\b/.test(create) ? "podman" : "docker";
  const waits = !service.spec.command && /default\(\s*['"]sleep\b/.test(create);
  return {
    service,
    own: { file, entry },
    spec: { ...service.spec, ...(waits && { command: { words: ["sleep", "1d"] } }) },
    about: {
      runsOn: engine,
      forTest: true,
      nameSpan: spanOf(file, key),
      ...(/\{\{/.test(JSON.stringify(service.spec)) && { incomplete: true }),
    },
  };
}
