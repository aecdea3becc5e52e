import { isCollection, isPair, isScalar, isSeq, type Node } from "yaml";
import { filePath, resolveUri } from "../../base/uri";
import type { OwnStart } from "../../container/source";
import type { Mount, Run } from "../../container/spec";
import type { YamlFile } from "../../yaml/document";
import { lists, singles } from "./fields";
import { readBoolean, valueIn } from "./items";
import { type Layer, type Slot, slotsOf } from "./layers";
import { readOthers } from "./others";
import { projectName } from "./project-name";
import type { Service } from "./service";

/** The files of the project that a service belongs to, the first one first, and how to read others. */
export interface StartContext {
  readonly files: readonly YamlFile[];
  read(uri: string): string | undefined;
}

/** Keys that say how the image comes to be, or when the service starts, and so are no part of its container. */
const elsewhere = ["build", "extends", "profiles", "attach", "develop", "version"];

/**
 * The container that `docker compose up` makes of a service: relative paths are absolute, volumes and
 * networks have the names that compose gives them. `left` names what one `docker run` cannot say.
 */
export function ownStart(service: Service, context: StartContext): OwnStart {
  const { layers, run } = service;
  const project = projectName(context.files, context.read);
  const mounts = service.items
    .filter((item) => item.key === "mounts")
    .map(({ value, slot }) => namedMount(value as Mount, slot, context.files, project));
  const networks = networksOf(layers, context.files, project);
  const { others: ofKeys, keys } = readOthers(layers);
  const others = { ...(networks.length > 0 && { network: networks }), ...ofKeys };
  const shared = sharedNamespaces(run);
  return {
    image: run.image ?? `${project}-${service.name}`,
    run: {
      ...run,
      ...shared.unset,
      mounts: lastOfEach(mounts),
      ...(Object.keys(others).length > 0 && { others }),
    },
    left: [
      ...shared.left,
      ...unreadKeys(layers, keys),
      ...unreadItems(service),
      ...unresolved(layers),
      ...mounts.filter(({ source }) => source?.startsWith("~")).map(({ source }) => `volumes: ${source}`),
    ],
  };
}

/** A mount as the engine gets it: a bind with an absolute path, a volume with the project's name for it. */
function namedMount(mount: Mount, slot: Slot, files: readonly YamlFile[], project: string): Mount {
  const { type, source } = mount;
  if (source === undefined) return mount;
  if (type === "volume") return { ...mount, source: resourceName(files, "volumes", source, project) };
  if (!/^\.{1,2}(\/|\\|$)/.test(source)) return mount;
  const uri = resolveUri(slot.file.uri, source);
  const path = uri === undefined ? undefined : filePath(uri);
  return path === undefined ? mount : { ...mount, source: path };
}

/** Of two mounts on one path the later one counts. */
function lastOfEach(mounts: readonly Mount[]): Mount[] {
  return [...new Map(mounts.map((mount) => [mount.target, mount])).values()];
}

/** `name:` of a top-level volume or network, its key where it is `external`, else PROJECT_KEY. */
function resourceName(
  files: readonly YamlFile[],
  kind: "volumes" | "networks",
  key: string,
  project: string,
): string {
  const entries = files.flatMap((file) => {
    const entry = file.entries(file.entries(file.root).get(kind)?.pair.value).get(key);
    return entry ? [{ file, entry }] : [];
  });
  const field = (name: string) =>
    entries
      .flatMap(({ file, entry }) => valueIn(file, file.entries(entry.pair.value).get(name)?.pair.value) ?? [])
      .at(-1);
  const external = entries.some(({ file, entry }) => {
    const node = file.resolve(file.entries(entry.pair.value).get("external")?.pair.value);
    return node !== undefined && (isCollection(node) || readBoolean(valueIn(file, node) ?? "") === true);
  });
  return field("name") ?? (external ? key : `${project}_${key}`);
}

/** Values of `--network`: a name, or a name with what the service asks of that network. */
function networksOf(layers: readonly Layer[], files: readonly YamlFile[], project: string): string[] {
  const found = new Map<string, string>();
  for (const { file, node } of slotsOf(layers, "networks")) {
    const entries = isSeq(node)
      ? node.items.flatMap((item) => valueIn(file, item) ?? []).map((key) => ({ key, settings: undefined }))
      : [...file.entries(node)].map(([key, { pair }]) => ({ key, settings: pair.value }));
    for (const { key, settings } of entries) {
      const name = resourceName(files, "networks", key, project);
      const options = networkOptions(file, settings);
      found.set(key, options.length > 0 ? [`name=${name}`, ...options].join(",") : name);
    }
  }
  return [...found.values()];
}

function networkOptions(file: YamlFile, settings: unknown): string[] {
  const field = (name: string) => file.resolve(file.entries(settings).get(name)?.pair.value);
  const aliases = field("aliases");
  const one = (name: string, flag: string) => {
    const value = valueIn(file, field(name));
    return value === undefined ? [] : [`${flag}=${value}`];
  };
  return [
    ...(isSeq(aliases) ? aliases.items.flatMap((item) => `alias=${valueIn(file, item) ?? ""}`) : []),
    ...one("ipv4_address", "ip"),
    ...one("ipv6_address", "ip6"),
    ...one("mac_address", "mac-address"),
  ];
}

/** `service:NAME` is compose's own word: the container of another service has a name that is not known here. */
function sharedNamespaces({ network, pid }: Run): { unset: Partial<Run>; left: string[] } {
  const isService = (value: string | undefined) => value?.startsWith("service:") === true;
  return {
    unset: { ...(isService(network) && { network: undefined }), ...(isService(pid) && { pid: undefined }) },
    left: [
      ...(isService(network) ? [`network_mode: ${network}`] : []),
      ...(isService(pid) ? [`pid: ${pid}`] : []),
    ],
  };
}

/** Keys of the service that no flag stands for here, in the order in which they are written. */
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

/** Items of a list that cannot be read: a kind of volume that has no flag, or something half-written. */
function unreadItems({ layers, items }: Service): string[] {
  return ["volumes", "devices", "ports"].flatMap((key) =>
    slotsOf(layers, key).flatMap(({ file, node }) =>
      (isSeq(node) ? (node.items as Node[]) : [])
        .filter((item) => !items.some((read) => read.node === item))
        .map((item) => `${key}: ${file.text.slice(item.range?.[0], item.range?.[1]).replace(/\s+/g, " ")}`),
    ),
  );
}

/** Variables without a default, which compose takes from its environment or from `.env`. */
function unresolved(layers: readonly Layer[]): string[] {
  const found = new Set<string>();
  for (const { file, entry } of layers) {
    for (const text of textsBelow(file, entry.pair.value)) {
      for (const [whole] of text.replaceAll("$$", "").matchAll(/\$(?:\{[^{}$]*\}|[A-Za-z_]\w*)/g)) {
        if (!/^\$\{\w+:?[-+]/.test(whole)) found.add(whole);
      }
    }
  }
  return [...found];
}

/** The scalars of a node, each place once. */
function textsBelow(file: YamlFile, root: unknown): string[] {
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
