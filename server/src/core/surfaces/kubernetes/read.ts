import type { Node, YAMLMap } from "yaml";
import { lastSegment } from "../../base/text";
import { folderOf, type Read, resolveUri } from "../../base/uri";
import { readCapability } from "../../container/options";
import type { BuildLink, ContainerSource, Pod, SpecPlace } from "../../container/source";
import { bareSpec, type ContainerSpec, type SpecChange, sameItem } from "../../container/spec";
import { readYaml, type YamlFile } from "../../yaml/document";
import { isSeq, textOf } from "../../yaml/nodes";
import { spanOf } from "../../yaml/spans";
import { textAt, valueAt } from "../../yaml/values";
import { flow, type Value } from "../../yaml/write";
import type { SurfaceFile } from "../surface";
import { yamlFile } from "../yaml-containers";
import { ownUsers, podChanges } from "./changes";
import { mountsOf, type PlacedMount } from "./mounts";
import { capabilityIn, mappingsAt, type PodFile, podsIn, truthAt } from "./pod";
import { readText } from "./references";

/** Reads the containers of the pods of a manifest. Never throws. */
export function readKubernetes(uri: string, text: string, read: Read): SurfaceFile {
  const file = readYaml(uri, text);
  const pods = [file, ...file.later].flatMap((document) => podsIn(document));
  const containers = pods.flatMap((pod) => pod.containers.flatMap((node) => sourceOf(pod, node, read) ?? []));
  return { ...yamlFile(uri, text, []), containers, problems: () => file.errors };
}

/** A container that was read, with the nodes of its values. */
interface Container {
  readonly spec: ContainerSpec;
  readonly nodes: Readonly<Record<string, Node | undefined>>;
  readonly mounts: readonly PlacedMount[];
  readonly variables: ReadonlyMap<string, YAMLMap>;
}

function sourceOf(pod: PodFile, node: YAMLMap, read: Read): ContainerSource | undefined {
  const { file } = pod;
  const nameNode = valueAt(file, node, "name");
  const name = textOf(nameNode);
  if (!nameNode || name === undefined) return undefined;
  const container = containerOf(pod, node);
  const { spec } = container;
  const build = spec.image === undefined ? undefined : buildOf(file.uri, spec.image, read);
  return {
    name,
    spec,
    nameSpan: spanOf(file, nameNode),
    at: (place) => {
      const found = standing(file, container, place);
      return found && spanOf(file, found);
    },
    changes: (steps) => (isJson(file) ? [] : podChanges(pod, node, name, steps)),
    start: () => ({ image: spec.image ?? name, spec, left: [] }),
    toDisplay,
    pod: podOf(pod),
    ...(build && { build }),
  };
}

/**
 * Whether a file is JSON. JSON is valid YAML and is read as such, but it is not edited, because edits would be
 * written as YAML.
 */
function isJson({ text }: YamlFile): boolean {
  return /^\s*\{/.test(text);
}

function podOf(pod: PodFile): Pod {
  const { file, spec, annotations } = pod;
  // CRI-O had an annotation for this before Kubernetes added the key.
  const isSeparate = annotations.some((name) => name.includes("userns-mode"));
  const hostUsers = isSeparate ? false : truthAt(file, spec, "hostUsers");
  const runtimeClass = textAt(file, spec, "runtimeClassName");
  return {
    ...(hostUsers !== undefined && { hostUsers }),
    ...(runtimeClass !== undefined && { runtimeClass }),
    writableCgroups: annotations.some((name) => name.includes("cgroup2-mount-hierarchy-rw")),
    at: (key) => {
      const node = valueAt(file, spec, key);
      return node && spanOf(file, node);
    },
    ownUsers: () => (isJson(file) ? [] : ownUsers(pod)),
  };
}

function containerOf(pod: PodFile, node: YAMLMap): Container {
  const { file, spec: podSpec } = pod;
  const own = (...path: readonly string[]) => valueAt(file, node, ...path);
  const ofPod = (...path: readonly string[]) => valueAt(file, podSpec, ...path);
  const nodes = {
    image: own("image"),
    hostname: ofPod("hostname"),
    entrypoint: own("command"),
    command: own("args"),
    privileged: own("securityContext", "privileged"),
    capabilities: own("securityContext", "capabilities", "add"),
    user: own("securityContext", "runAsUser") ?? ofPod("securityContext", "runAsUser"),
    readOnly: own("securityContext", "readOnlyRootFilesystem"),
    tty: own("tty"),
    pid: ofPod("hostPID"),
    network: ofPod("hostNetwork"),
    stopSignal: own("lifecycle", "stopSignal"),
    stopGrace: ofPod("terminationGracePeriodSeconds"),
    runtime: ofPod("runtimeClassName"),
  };
  const mounts = mountsOf(pod, node);
  const environment = mappingsAt(file, node, "env");
  const variables = new Map(environment.map((each) => [textAt(file, each, "name") ?? "", each]));
  const { capabilities } = nodes;
  const values = {
    image: textOf(nodes.image),
    hostname: textOf(nodes.hostname),
    entrypoint: wordsIn(nodes.entrypoint),
    command: wordsIn(nodes.command),
    privileged: truthAt(file, nodes.privileged),
    user: textOf(nodes.user),
    readOnly: truthAt(file, nodes.readOnly),
    tty: truthAt(file, nodes.tty),
    pid: truthAt(file, nodes.pid) ? "host" : undefined,
    network: truthAt(file, nodes.network) ? "host" : undefined,
    stopSignal: textOf(nodes.stopSignal),
    stopGrace: numberIn(nodes.stopGrace),
    runtime: textOf(nodes.runtime),
  };
  const spec: ContainerSpec = {
    ...bareSpec,
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    environment: Object.fromEntries(
      [...variables].map(([name, each]) => {
        const value = textAt(file, each, "value");
        return [name, value === undefined ? undefined : readText(value)];
      }),
    ),
    capabilities: isSeq(capabilities)
      ? capabilities.items.flatMap((item) => readCapability(textOf(item) ?? "") || [])
      : [],
    tmpfs: mounts.flatMap((mount) => (mount.key === "tmpfs" ? mount.value : [])),
    mounts: mounts.flatMap((mount) => (mount.key === "mounts" ? mount.value : [])),
  };
  return { spec, nodes, mounts, variables };
}

function wordsIn(node: Node | undefined): { readonly words: readonly string[] } | undefined {
  return isSeq(node) && node.items.length > 0
    ? { words: node.items.map((item) => readText(textOf(item) ?? "")) }
    : undefined;
}

function numberIn(node: Node | undefined): number | undefined {
  const value = Number(textOf(node) || Number.NaN);
  return Number.isNaN(value) ? undefined : value;
}

function standing(
  file: YamlFile,
  { spec, nodes, mounts, variables }: Container,
  place: SpecPlace,
): Node | undefined {
  if ("variable" in place) return variables.get(place.variable);
  const { key } = place;
  if (key === "capabilities") return capabilityIn(file, nodes.capabilities, String(place.item));
  if (key !== "tmpfs" && key !== "mounts") return spec[key] === undefined ? undefined : nodes[key];
  return mounts.find((each) => each.key === key && (!("item" in place) || sameItem(each.value, place.item)))
    ?.node;
}

/** The number of directories above that of a manifest that are searched for the Dockerfile of an image. */
const mostLevels = 3;

/**
 * The Dockerfile in a directory that has the name of the image: one that contains the manifest, or one beside such a
 * directory.
 */
function buildOf(uri: string, image: string, read: Read): BuildLink | undefined {
  const name = lastSegment(image).replace(/[:@].*/s, "");
  let folder = folderOf(uri);
  for (let level = 0; name !== "" && level < mostLevels; level++, folder = folderOf(folder)) {
    const context =
      decodeURIComponent(lastSegment(folder)) === name ? folder : resolveUri(`${folder}/`, name);
    const dockerfile = context === undefined ? undefined : resolveUri(`${context}/`, "Dockerfile");
    if (context !== undefined && dockerfile !== undefined && read(dockerfile) !== undefined)
      return { dockerfile, context, args: {} };
  }
  return undefined;
}

/** The names of a container's keys in a manifest. */
const keys: Readonly<Record<string, string>> = {
  entrypoint: "command",
  command: "args",
  user: "runAsUser",
  pid: "hostPID",
  network: "hostNetwork",
  readOnly: "readOnlyRootFilesystem",
  stopGrace: "terminationGracePeriodSeconds",
  capabilities: "capabilities: add",
  environment: "env",
};

/** How a manifest spells a step, for titles. */
function toDisplay(step: SpecChange): string {
  if ("name" in step) return `env: ${step.name}`;
  const key = keys[step.key] ?? step.key;
  if (step.do === "unset") return key;
  if (step.key === "pid" || step.key === "network") return `${key}: ${step.value === "host"}`;
  const value = step.value;
  if (typeof value === "object" && "path" in value) return `emptyDir on ${value.path}`;
  if (typeof value === "object" && "target" in value) return `volumeMounts: ${value.target}`;
  const written = typeof value === "object" && "words" in value ? value.words : value;
  return `${key}: ${flow((written ?? null) as Value)}`;
}
