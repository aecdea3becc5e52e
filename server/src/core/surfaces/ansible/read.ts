import type { Node } from "yaml";
import type { ContainerSource } from "../../container/source";
import type { ContainerSpec } from "../../container/spec";
import { readYaml, type YamlFile } from "../../yaml/document";
import { type Entry, isMap, isSeq, textOf } from "../../yaml/nodes";
import type { Dialect } from "../compose/dialect";
import { serviceOf } from "../compose/service";
import type { SurfaceFile } from "../surface";
import { type YamlContainer, yamlFile } from "../yaml-containers";
import { docker, podman } from "./dialects";

/** The modules that start a container, by the last part of their name. */
const modules: Readonly<
  Record<string, { readonly engine: ContainerSource["engine"]; dialect(has: Has): Dialect }>
> = {
  docker_container: { engine: "docker", dialect: () => docker },
  podman_container: { engine: "podman", dialect: podman },
};

type Has = (name: string) => boolean;

/** The keys of plays and blocks that contain tasks. */
const listsOfTasks = ["tasks", "pre_tasks", "post_tasks", "handlers", "block", "rescue", "always"];

/** Reads the tasks that start containers, from a playbook or a task file. Never throws. */
export function readAnsible(uri: string, text: string): SurfaceFile {
  const file = readYaml(uri, text);
  const documents = [file, ...file.later];
  const containers = documents.flatMap((each) =>
    tasksIn(each).flatMap((task) => container(each, task) ?? []),
  );
  return { ...yamlFile(uri, text, containers), problems: () => file.errors };
}

/** The tasks of a document, including those in blocks. */
function tasksIn(file: YamlFile): ReadonlyMap<string, Entry>[] {
  const open: unknown[] = [file.root];
  const found: ReadonlyMap<string, Entry>[] = [];
  for (const list of open) {
    for (const item of isSeq(list) ? list.items : []) {
      const entries = file.entries(item);
      found.push(entries);
      for (const key of listsOfTasks) open.push(entries.get(key)?.pair.value);
    }
  }
  return found;
}

function container(file: YamlFile, task: ReadonlyMap<string, Entry>): YamlContainer | undefined {
  for (const [name, entry] of task) {
    const module = name.replace(/^(community\.docker|containers\.podman)\./, "");
    if (!Object.hasOwn(modules, module) || !isMap(file.resolve(entry.pair.value))) continue;
    const { engine, dialect } = modules[module] as (typeof modules)[string];
    const args = file.entries(entry.pair.value);
    const state = textOf(file.resolve(args.get("state")?.pair.value));
    if (state === "absent" || state === "stopped") return undefined;
    const label = [args.get("name"), task.get("name")].flatMap((each) => textOf(each?.pair.value) ?? []);
    const known = label.find((text) => !isTemplate(text)) ?? module;
    const own = { file, entry };
    const service = serviceOf(
      dialect((key) => args.has(key)),
      known,
      [own],
    );
    const templates = templatesIn(file, args, service.dialect);
    if (templates === "deciding") return undefined;
    const nameNode = args.get("name")?.pair.value;
    return {
      service,
      own,
      ...(nameNode && textOf(nameNode) !== undefined && { name: nameNode }),
      spec: literal(service.spec),
      about: {
        runsOn: engine,
        ...(templates === "some" && { incomplete: true }),
        ...(/\/molecule\//.test(file.uri) && { forTest: true }),
      },
    };
  }
  return undefined;
}

/** Whether a string contains a Jinja template. */
function isTemplate(text: string): boolean {
  return /\{[{%]/.test(text);
}

/** Settings that determine whether systemd boots. If one of them is unknown, nothing is reported. */
const deciding = new Set(["command", "entrypoint", "privileged", "cgroupNamespace", "systemd"]);

/** Settings that no finding depends on. */
const harmless = new Set(["image", "name", "hostname", "memory", "restart", "network", "ports"]);

/** Which settings of a task contain Jinja templates: one that decides whether systemd boots, only others, or none. */
function templatesIn(
  file: YamlFile,
  args: ReadonlyMap<string, Entry>,
  { singles, lists, items, environment }: Dialect,
): "deciding" | "some" | "none" {
  const value = (name: string) => file.resolve(args.get(name)?.pair.value);
  const hidden = Object.entries(singles).filter(([, { name }]) => hasTemplate(file, value(name)));
  const keys = hidden.map(([key]) => key).filter((key) => !harmless.has(key));
  const whole = Object.keys(items).filter((name) => isTemplate(textOf(value(name)) ?? ""));
  if (keys.some((key) => deciding.has(key)) || whole.some((name) => name !== lists.ports?.name))
    return "deciding";
  const partly = Object.keys(items).some((name) => {
    const list = value(name);
    return name !== lists.ports?.name && isSeq(list) && (list.items as Node[]).some(hidesItem(file));
  });
  return keys.length > 0 || partly || isTemplate(textOf(value(environment)) ?? "") ? "some" : "none";
}

/**
 * Whether it is unknown what an item of a list sets. The path of a bind mount in the container is usually written
 * out.
 */
function hidesItem(file: YamlFile): (node: Node) => boolean {
  return (node) => {
    const text = textOf(file.resolve(node));
    return text === undefined
      ? hasTemplate(file, node)
      : isTemplate(text) && !text.slice(text.lastIndexOf("}") + 1).startsWith(":/");
  };
}

/** Whether a value, or an item directly in it, is a template. */
function hasTemplate(file: YamlFile, node: unknown): boolean {
  const value = file.resolve(node);
  if (isSeq(value)) return value.items.some((item) => isTemplate(textOf(file.resolve(item)) ?? ""));
  if (isMap(value))
    return [...file.entries(value).values()].some(({ pair }) =>
      isTemplate(textOf(file.resolve(pair.value)) ?? ""),
    );
  return isTemplate(textOf(value) ?? "");
}

/** The settings without those that contain templates. */
function literal(spec: ContainerSpec): ContainerSpec {
  const isKnown = (value: unknown) => !isTemplate(JSON.stringify(value) ?? "");
  const known = Object.entries(spec).flatMap(([key, value]) => {
    if (key === "environment") return [];
    if (!Array.isArray(value)) return isKnown(value) ? [[key, value]] : [];
    return [[key, value.filter(isKnown)]];
  });
  const environment = Object.entries(spec.environment).map(([name, value]) => [
    name,
    value !== undefined && isTemplate(value) ? undefined : value,
  ]);
  return { ...Object.fromEntries(known), environment: Object.fromEntries(environment) };
}
