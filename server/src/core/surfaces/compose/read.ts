import { isMap, isSeq, type Node } from "yaml";
import { type Budget, mostItems } from "../../base/limits";
import { message } from "../../base/message";
import { once } from "../../base/once";
import type { Problem } from "../../base/problem";
import type { Span } from "../../base/text";
import { resolveUri } from "../../base/uri";
import type { ContainerFile, ContainerSource, SpecPlace } from "../../container/source";
import { applySteps, bareSpec, sameItem } from "../../container/spec";
import { readYaml } from "../../yaml/document";
import { isNull, startOf } from "../../yaml/nodes";
import { spanOf } from "../../yaml/spans";
import type { Started } from "../surface";
import { readBuild } from "./build";
import type { SingleKey } from "./dialect";
import { toDisplay } from "./display";
import { serviceChanges } from "./edits";
import { compose } from "./fields";
import type { ComposeFile } from "./file";
import { valueIn } from "./items";
import { type Layer, layersIn, servicesOf, slotsOf } from "./layers";
import { defaultMembers } from "./networks";
import { isActive } from "./profiles";
import { openProject, startedProject } from "./project";
import { readService, type Service } from "./service";
import { type Sharing, sharingOf } from "./sharing";
import { ownStart, type StartContext } from "./start";
import { variableFilesIn } from "./variable-files";

/**
 * Reads a Compose file: its services, merged with what they extend and with the project's override file. Several
 * documents in one file are merged like separate files. `read` returns other files of the project, or undefined if a
 * file is absent. Variables have their defaults, and profiles are ignored, unless the project is read as it is
 * `started`. Never throws.
 */
export function readCompose(
  uri: string,
  text: string,
  read: (uri: string) => string | undefined,
  started?: Started,
): ContainerFile {
  const project = started ? startedProject(uri, text, read, started) : openProject(uri, text, read);
  const { file, files } = project;
  const [base] = files;
  const context: StartContext = { project, members: once(() => defaultMembers(project)) };
  const containers: ContainerSource[] = [];
  const seen = new Set<string>();
  const budget: Budget = { left: mostItems };
  const others = project.isListed ? files.filter((each) => each.uri !== file.uri) : [];
  for (const document of [file, ...file.later, ...others]) {
    const services: Service[] = [];
    for (const [name, { pair }] of servicesOf(document)) {
      if (seen.has(name) || document.resolve(pair.value)?.tag === "!reset") continue;
      seen.add(name);
      const layers = layersIn(project, name);
      const service = readService(compose, name, layers, budget);
      // In a file that repeats too much, later services are unknown.
      if (!service || layers.some((layer) => layer.file.isCut())) break;
      services.push(service);
    }
    const sharing = sharingOf(document, services);
    containers.push(...services.map((service) => source(document, service, context, sharing)));
  }
  return {
    containers,
    includes: includesOf(file),
    ...(base && base.uri !== file.uri && { overrides: base.uri }),
  };
}

function source(
  file: ComposeFile,
  service: Service,
  context: StartContext,
  sharing: Sharing,
): ContainerSource {
  const { name, spec, layers } = service;
  const entry = servicesOf(file).get(name);
  const own = layers.find((layer) => layer.entry.pair === entry?.pair) as Layer;
  const build = readBuild(layers, file);
  const cluster = clusterIn(file, layers);
  const replicas = replicasIn(file, layers);
  const variableFiles = variableFilesIn(file, layers);
  return {
    name,
    spec,
    nameSpan: spanOf(file, own.entry.pair.key),
    at: (place) => {
      const found = standing(service, place);
      return found && found.file.uri === file.uri ? spanOf(found.file, found.node) : undefined;
    },
    changes: (steps) => serviceChanges(file, service, own, applySteps(spec, steps), sharing),
    start: () => ownStart(service, context),
    toDisplay: (step) => toDisplay(compose, step),
    ...(file.uri !== context.project.file.uri && { uri: file.uri }),
    ...(build && { build }),
    ...(isForPodman(context.project.file, layers) && { engine: "podman" as const }),
    ...(cluster && { cluster }),
    ...(replicas && { replicas }),
    ...(sharesHostName(layers) && { sharesHostName: true }),
    ...(variableFiles.length > 0 && { variableFiles }),
    ...(!isActive(file.variables, layers) && { inactive: true }),
  };
}

/** Whether a file is for podman-compose, according to its name or to a key that only podman-compose reads. */
function isForPodman(file: ComposeFile, layers: readonly Layer[]): boolean {
  if (/podman-compose/i.test(file.uri.slice(file.uri.lastIndexOf("/")))) return true;
  const isKey = (name: string) => name.startsWith("x-podman");
  return (
    [...file.entries(file.root).keys()].some(isKey) ||
    layers.some((layer) => [...layer.file.entries(layer.entry.pair.value).keys()].some(isKey))
  );
}

/** The keys of `deploy` that are only for `docker stack deploy`; compose itself reads the others. */
const clusterKeys = ["placement", "update_config", "rollback_config", "endpoint_mode"];

function clusterIn(file: ComposeFile, layers: readonly Layer[]): Span | undefined {
  const deploy = slotsOf(layers, "deploy").findLast((slot) => slot.file === file);
  if (!deploy) return undefined;
  const entries = file.entries(deploy.node);
  const global = valueIn(file, entries.get("mode")?.pair.value)?.startsWith("global");
  return global || clusterKeys.some((key) => entries.has(key))
    ? spanOf(file, deploy.entry.pair.key)
    : undefined;
}

function sharesHostName(layers: readonly Layer[]): boolean {
  const uts = slotsOf(layers, "uts").at(-1);
  return uts !== undefined && valueIn(uts.file, uts.node) === "host";
}

/** More than one replica, as set by `deploy.replicas` or by `scale`, which compose treats the same way. */
function replicasIn(file: ComposeFile, layers: readonly Layer[]): ContainerSource["replicas"] {
  const deploy = slotsOf(layers, "deploy").findLast((slot) => slot.file === file);
  const replicas = deploy && file.entries(deploy.node).get("replicas")?.pair.value;
  const scale = slotsOf(layers, "scale").findLast((slot) => slot.file === file)?.node;
  const node = (replicas ?? scale) as Node | undefined;
  const count = Number(valueIn(file, node));
  return node && Number.isInteger(count) && count > 1 ? { count, span: spanOf(file, node) } : undefined;
}

/** The node at which to report a value. */
interface Standing {
  readonly file: ComposeFile;
  readonly node: Node;
}

export function standing(
  { spec, items, variables, single }: Service,
  place: SpecPlace,
): Standing | undefined {
  if ("variable" in place) {
    const found = variables.findLast(({ name }) => name === place.variable);
    if (!found) return undefined;
    const { file } = found.slot;
    if ("item" in found.at) return { file, node: found.at.item };
    const { key, value } = found.at.entry.pair;
    return { file, node: found.value === undefined || !value ? key : value };
  }
  const { key } = place;
  if (!(key in bareSpec)) {
    const slot = single(key as SingleKey);
    const value = slot?.entry.pair.value;
    if (!slot || !value || spec[key] === undefined) return undefined;
    return { file: slot.file, node: value };
  }
  const of = items.filter((item) => item.key === key);
  const found = "item" in place ? of.findLast(({ value }) => sameItem(value, place.item)) : of[0];
  if (!found) return undefined;
  const { file, entry } = found.slot;
  return { file, node: "item" in place ? found.node : entry.pair.key };
}

/** The YAML errors in a file. Compose rejects a file that has any, and such a file is not edited. */
export function composeProblems(uri: string, text: string): readonly Problem[] {
  const { root, errors } = readYaml(uri, text);
  if (!root || isMap(root) || isNull(root)) return errors;
  const span = { start: startOf(root), end: startOf(root) };
  return [
    ...errors,
    { span, message: message("compose.mapping", "The top level of this file is not a mapping.") },
  ];
}

/** The files that `include` names, in short or long form. */
function includesOf(file: ComposeFile): string[] {
  const list = file.resolve(file.entries(file.root).get("include")?.pair.value);
  return listOf(list).flatMap((item) => {
    const paths = file.entries(item).get("path")?.pair.value ?? item;
    const nodes = listOf(file.resolve(paths));
    return (nodes.length > 0 ? nodes : [paths]).flatMap((node) => {
      const path = valueIn(file, node);
      const uri = path === undefined ? undefined : resolveUri(file.uri, path);
      return uri === undefined ? [] : [uri];
    });
  });
}

function listOf(node: unknown): unknown[] {
  return isSeq(node) ? node.items : [];
}
