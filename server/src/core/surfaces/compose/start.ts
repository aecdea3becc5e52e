import { isCollection, isPair, isScalar, isSeq, type Node } from "yaml";
import { filePath } from "../../base/uri";
import { isSecretName } from "../../container/secrets";
import type { OwnStart } from "../../container/source";
import type { ContainerSpec, Mount } from "../../container/spec";
import { compose, lists, singles } from "./fields";
import { type ComposeFile, uriIn, withVariables } from "./file";
import { interpolate } from "./interpolate";
import { type Layer, type Project, type Slot, slotsOf } from "./layers";
import { leftNetwork, networksOf } from "./networks";
import { readOthers } from "./others";
import { projectName } from "./project-name";
import { resourceName } from "./resources";
import { type Service, serviceOf } from "./service";

/** What the start of a service depends on besides the service itself. */
export interface StartContext {
  readonly project: Project;
  /** The services in the project's own network. */
  members(): ReadonlySet<string>;
}

/** Keys that determine how the image is created or when the service starts, and so are not part of its container. */
const elsewhere = ["build", "extends", "profiles", "attach", "develop", "version"];

/**
 * The container that `docker compose up` creates for a service: relative paths are absolute, and volumes and networks
 * have the names that compose gives them. `left` lists what a single `docker run` cannot express.
 */
export function ownStart(service: Service, { project, members }: StartContext): OwnStart {
  const { layers, spec } = service;
  const { files } = project;
  const { keys } = readOthers(layers);
  const { unresolved, secrets } = variablesIn(layers);
  return {
    image: spec.image ?? `${projectName(files)}-${service.name}`,
    spec: startedRun(service, files),
    ...(secrets.length > 0 && {
      hidden: { spec: startedRun(withoutSecrets(service, secrets), files), names: secrets },
    }),
    left: [
      ...sharedNamespaces(spec).left,
      ...unreadKeys(layers, keys),
      ...unreadItems(service),
      ...unresolved,
      ...spec.mounts
        .filter(({ source }) => source?.startsWith("~"))
        .map(({ source }) => `volumes: ${source}`),
      ...leftNetwork(service, files, members),
      ...project.left,
    ],
  };
}

function startedRun({ layers, items, spec }: Service, files: readonly ComposeFile[]): ContainerSpec {
  const mounts = items
    .filter((item) => item.key === "mounts")
    .map(({ value, slot }) => namedMount(value as Mount, slot, files));
  const networks = networksOf(layers, files);
  const others = { ...(networks.length > 0 && { network: networks }), ...readOthers(layers).others };
  return {
    ...spec,
    ...sharedNamespaces(spec).unset,
    mounts: lastOfEach(mounts),
    ...(Object.keys(others).length > 0 && { others }),
  };
}

/** The service, with `***` in place of the values of the given variables. */
function withoutSecrets({ name, layers }: Service, secrets: readonly string[]): Service {
  const hidden = layers.map(({ file, entry }) => ({ file: hiding(file, secrets), entry }));
  return serviceOf(compose, name, hidden);
}

function hiding(file: ComposeFile, secrets: readonly string[]): ComposeFile {
  const { variables } = file;
  if (!variables) return file;
  const { values, budget } = variables;
  const get = (name: string) => (secrets.includes(name) ? "***" : values.get(name));
  return withVariables(file, { budget, values: { has: (name) => values.has(name), get } });
}

/**
 * A mount as the engine receives it: a bind with an absolute path, or a volume with the name that the project gives
 * it.
 */
function namedMount(mount: Mount, slot: Slot, files: readonly ComposeFile[]): Mount {
  const { type, source } = mount;
  if (source === undefined) return mount;
  if (type === "volume") return { ...mount, source: resourceName(files, "volumes", source) };
  if (!/^\.{1,2}(\/|\\|$)/.test(source)) return mount;
  const uri = uriIn(slot.file, source);
  const path = uri === undefined ? undefined : filePath(uri);
  return path === undefined ? mount : { ...mount, source: path };
}

/** If two mounts have the same path, the later one applies. */
function lastOfEach(mounts: readonly Mount[]): Mount[] {
  return [...new Map(mounts.map((mount) => [mount.target, mount])).values()];
}

/**
 * `service:NAME` is specific to compose: it refers to the container of another service, whose name is unknown here.
 */
function sharedNamespaces({ network, pid }: ContainerSpec): {
  unset: Partial<ContainerSpec>;
  left: string[];
} {
  const isService = (value: string | undefined) => value?.startsWith("service:") === true;
  return {
    unset: { ...(isService(network) && { network: undefined }), ...(isService(pid) && { pid: undefined }) },
    left: [
      ...(isService(network) ? [`network_mode: ${network}`] : []),
      ...(isService(pid) ? [`pid: ${pid}`] : []),
    ],
  };
}

/** The keys of the service that have no corresponding flag, in the order in which they are written. */
function unreadKeys(layers: readonly Layer[], read: ReadonlySet<string>): string[] {
  const known = new Set<string>([
    ...Object.values(singles).map(({ name }) => name),
    ...Object.values(lists).map(({ name }) => name),
    ...elsewhere,
    ...read,
    "environment",
    "networks",
  ]);
  const written = layers.flatMap(({ file, entry }) => [...file.entries(entry.pair.value).keys()]);
  return [...new Set(written)].filter((key) => !known.has(key) && !key.startsWith("x-"));
}

/** Items of a list that cannot be read: a type of volume that has no flag, or something incomplete. */
function unreadItems({ layers, items }: Service): string[] {
  return ["volumes", "devices", "ports"].flatMap((key) =>
    slotsOf(layers, key).flatMap(({ file, node }) =>
      (isSeq(node) ? (node.items as Node[]) : [])
        .filter((item) => !items.some((read) => read.node === item))
        .map((item) => `${key}: ${file.text.slice(item.range?.[0], item.range?.[1]).replace(/\s+/g, " ")}`),
    ),
  );
}

/**
 * The variables of a service that have no value, as written, because compose takes them from the shell; and the names
 * of those whose values are secret and appear in the container outside its environment.
 */
function variablesIn(layers: readonly Layer[]): { unresolved: string[]; secrets: string[] } {
  const unresolved = new Set<string>();
  const secrets = new Set<string>();
  for (const { file, entry } of layers) {
    for (const [key, { pair }] of file.entries(entry.pair.value)) {
      for (const text of textsBelow(file, pair.value)) {
        const found = interpolate(text, file.variables);
        for (const written of found.unresolved) unresolved.add(written);
        if (key === "environment" || elsewhere.includes(key)) continue;
        for (const name of found.used) if (isSecretName(name)) secrets.add(name);
      }
    }
  }
  return { unresolved: [...unresolved], secrets: [...secrets] };
}

/** The strings of the scalars in a node. Each node is visited once. */
function textsBelow(file: ComposeFile, root: unknown): string[] {
  const seen = new Set<unknown>();
  const texts: string[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const next = open.pop();
    const node = isPair(next) ? next : file.resolve(next);
    if (node === undefined || seen.has(node)) continue;
    seen.add(node);
    if (isScalar(node)) texts.push(String(node.value));
    else if (isPair(node)) open.push(node.value);
    else if (isCollection(node)) open.push(...[...node.items].reverse());
  }
  return texts;
}
