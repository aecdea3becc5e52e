import type { Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import type { Edit } from "../../base/text";
import type { SourceChange } from "../../container/source";
import { type SpecChange, sameItem } from "../../container/spec";
import { isRoot } from "../../container/user";
import { editYaml } from "../../yaml/edit";
import { type Entry, isMap, isSeq } from "../../yaml/nodes";
import { textAt, valueAt } from "../../yaml/values";
import { quotedList, Raw, type Value } from "../../yaml/write";
import { mountsOf, volumesOf } from "./mounts";
import { capabilityIn, mappingsAt, type PodFile } from "./pod";
import { writeText } from "./references";

/** The changes to the collections of a manifest, which are collected before anything is written. */
interface Changes {
  readonly pod: PodFile;
  readonly container: YAMLMap;
  readonly maps: Map<YAMLMap, { readonly removed: Set<Pair>; readonly added: [string, Value][] }>;
  readonly seqs: Map<YAMLSeq, { readonly removed: Set<Node>; readonly added: Value[] }>;
  readonly values: [Entry, Value][];
  readonly names: Set<string>;
}

/**
 * The edits that apply steps to a container; none if a manifest cannot express them, or if an alias repeats a value.
 */
export function podChanges(
  pod: PodFile,
  container: YAMLMap,
  name: string,
  steps: readonly SpecChange[],
): SourceChange[] {
  const changes = open(pod, container);
  if (!steps.every((step) => change(changes, step))) return [];
  const edits = write(changes);
  const isOfPod = steps.some((step) => "key" in step && (step.key === "pid" || step.key === "network"));
  return edits ? [{ edits, runs: isOfPod ? namesIn(pod) : [name] }] : [];
}

/** The edits that give a pod a separate user namespace. */
export function ownUsers(pod: PodFile): SourceChange[] {
  const changes = open(pod, pod.spec);
  const edits = setKey(changes, pod.spec, "hostUsers", new Raw("false")) ? write(changes) : undefined;
  return edits ? [{ edits, runs: namesIn(pod) }] : [];
}

function open(pod: PodFile, container: YAMLMap): Changes {
  const names = new Set(volumesOf(pod).keys());
  return { pod, container, maps: new Map(), seqs: new Map(), values: [], names };
}

function namesIn({ file, containers }: PodFile): string[] {
  return containers.flatMap((each) => textAt(file, each, "name") ?? []);
}

/** Collects the changes of a step; false if the step is not possible. */
function change(changes: Changes, step: SpecChange): boolean {
  const { pod, container } = changes;
  if (step.do === "setEnv" || step.do === "unsetEnv") return false;
  if (step.do === "add") return step.key === "tmpfs" && addMount(changes, step.value.path);
  if (step.do === "drop") return dropItem(changes, step.key, step.value);
  switch (step.key) {
    case "command":
    case "entrypoint": {
      const key = step.key === "command" ? "args" : "command";
      const words =
        step.do === "set" ? (step.value as { words?: readonly string[] } | undefined)?.words : undefined;
      return words
        ? setKey(changes, container, key, quotedList(words.map(writeText)))
        : removeKey(changes, container, key);
    }
    case "privileged":
      return step.do === "unset" || step.value === false
        ? removeKey(changes, container, "securityContext", "privileged")
        : false;
    case "user":
      if (step.do === "set") return isRoot(String(step.value)) && setUser(changes);
      return (
        removeKey(changes, container, "securityContext", "runAsUser") &&
        removeKey(changes, pod.spec, "securityContext", "runAsUser")
      );
    case "pid":
      return step.do === "unset" && removeKey(changes, pod.spec, "hostPID");
    case "network":
      return step.do === "unset" && removeKey(changes, pod.spec, "hostNetwork");
    default:
      return false;
  }
}

/** Makes the container run as root, regardless of the image and the pod. */
function setUser(changes: Changes): boolean {
  const { pod, container } = changes;
  const context = valueAt(pod.file, container, "securityContext");
  const root = new Raw("0");
  return isMap(context)
    ? setKey(changes, context, "runAsUser", root)
    : setKey(changes, container, "securityContext", { runAsUser: root });
}

/** Adds an `emptyDir` in memory and its mount. */
function addMount(changes: Changes, path: string): boolean {
  const { pod, container, names } = changes;
  const plain =
    path
      .replace(/^\/+/, "")
      .replace(/[^a-z0-9]+/gi, "-")
      .toLowerCase() || "root";
  const name = names.has(plain) ? `${plain}-memory` : plain;
  if (names.has(name)) return false;
  names.add(name);
  return (
    addItem(changes, container, "volumeMounts", { name, mountPath: path }) &&
    addItem(changes, pod.spec, "volumes", { name, emptyDir: { medium: "Memory" } })
  );
}

/** Removes a capability, or a mount with its volume unless something else mounts the volume. */
function dropItem(changes: Changes, key: string, value: unknown): boolean {
  const { pod, container } = changes;
  if (key === "capabilities") return dropCapability(changes, String(value));
  const { file, containers, earlier } = pod;
  const mount = mountsOf(pod, container).find((each) => each.key === key && sameItem(each.value, value));
  if (!mount || !removeItem(changes, container, "volumeMounts", mount.node)) return false;
  const uses = [...containers, ...earlier].flatMap((each) =>
    mappingsAt(file, each, "volumeMounts").filter((node) => textAt(file, node, "name") === mount.volume),
  );
  const volume = volumesOf(pod).get(mount.volume);
  return uses.length > 1 || !volume || removeItem(changes, pod.spec, "volumes", volume);
}

function dropCapability(changes: Changes, name: string): boolean {
  const { pod, container } = changes;
  const { file } = pod;
  const path = ["securityContext", "capabilities", "add"] as const;
  const list = valueAt(file, container, ...path);
  const item = capabilityIn(file, list, name);
  if (!isSeq(list) || !item) return false;
  if (list.items.length === 1) return removeKey(changes, container, ...path);
  itemsOf(changes, list).removed.add(item);
  return true;
}

function setKey(changes: Changes, map: YAMLMap, key: string, value: Value): boolean {
  const entry = changes.pod.file.entries(map).get(key);
  if (!entry) keysOf(changes, map).added.push([key, value]);
  else changes.values.push([entry, value]);
  return !entry || entry.owner === map;
}

/**
 * Removes a key, together with the mappings above it that have no other keys. Also returns true if the key is not
 * set.
 */
function removeKey(changes: Changes, map: YAMLMap, ...path: readonly string[]): boolean {
  const { file } = changes.pod;
  const [key = "", ...below] = path;
  const entry = file.entries(map).get(key);
  if (!entry) return true;
  const inner = file.resolve(entry.pair.value);
  if (below.length > 0 && isMap(inner) && inner.items.length > 1) return removeKey(changes, inner, ...below);
  if (below.length > 0 && valueAt(file, inner, ...below) === undefined) return true;
  keysOf(changes, map).removed.add(entry.pair);
  return entry.owner === map;
}

function keysOf({ maps }: Changes, map: YAMLMap) {
  const found = maps.get(map) ?? { removed: new Set<Pair>(), added: [] };
  maps.set(map, found);
  return found;
}

function itemsOf({ seqs }: Changes, seq: YAMLSeq) {
  const found = seqs.get(seq) ?? { removed: new Set<Node>(), added: [] };
  seqs.set(seq, found);
  return found;
}

function addItem(changes: Changes, map: YAMLMap, key: string, item: Value): boolean {
  const entry = changes.pod.file.entries(map).get(key);
  const list = changes.pod.file.resolve(entry?.pair.value);
  if (entry && entry.owner !== map) return false;
  if (isSeq(list) && list.items.length > 0) itemsOf(changes, list).added.push(item);
  else {
    const { added, removed } = keysOf(changes, map);
    const known = added.find(([name]) => name === key);
    if (known) known[1] = [...(known[1] as readonly Value[]), item];
    else added.push([key, [item]]);
    if (entry) removed.add(entry.pair);
  }
  return true;
}

function removeItem(changes: Changes, map: YAMLMap, key: string, item: Node): boolean {
  const list = valueAt(changes.pod.file, map, key);
  if (!isSeq(list) || !list.items.includes(item)) return false;
  itemsOf(changes, list).removed.add(item);
  return true;
}

/**
 * The edits for all collected changes; undefined if they are not possible. The key of a list that becomes empty is
 * removed too.
 */
function write(changes: Changes): readonly Edit[] | undefined {
  const { file } = changes.pod;
  const editor = editYaml(file);
  for (const [seq, { removed, added }] of changes.seqs) {
    const holder = file.holder(seq);
    if (holder && removed.size === seq.items.length && added.length === 0)
      keysOf(changes, holder.owner).removed.add(holder.pair);
    else editor.changeItems(seq, removed, added);
  }
  for (const [map, { removed, added }] of changes.maps) editor.changeKeys(map, removed, added, false);
  for (const [entry, value] of changes.values) editor.setValue(entry, value);
  const isRepeated = editor.touched.some(({ node }) => {
    for (let above: Node | undefined = node; above; above = file.parent(above))
      if (file.isShared(above)) return true;
    return false;
  });
  return isRepeated ? undefined : editor.finish();
}
