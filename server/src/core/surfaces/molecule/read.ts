import type { Node } from "yaml";
import { type Read, resolveUri } from "../../base/uri";
import { readFlags } from "../../container/flags";
import type { BuildLink, ContainerSource, MisnamedVariables } from "../../container/source";
import type { ContainerSpec } from "../../container/spec";
import type { YamlFile } from "../../yaml/document";
import { isMap } from "../../yaml/nodes";
import { spanOf } from "../../yaml/spans";
import { Raw } from "../../yaml/write";
import { toDisplay } from "../compose/display";
import { readBoolean, valueIn } from "../compose/items";
import { type Layer, layerOf, slotsOf } from "../compose/layers";
import { serviceOf, variablesIn } from "../compose/service";
import type { SurfaceFile } from "../surface";
import { itemsIn, type YamlContainer, yamlFile } from "../yaml-containers";
import { docker, podman } from "./dialects";
import { readScenario } from "./project";

/**
 * The command with which the drivers keep a container alive if neither `command` nor `override_command: false` is
 * set.
 */
const loop = { words: ["bash", "-c", "while true; do sleep 10000; done"] };

/** The drivers, with the engine that each uses; `containers` uses the engine that is installed. */
const drivers: Readonly<Record<string, ContainerSource["engine"]>> = {
  docker: "docker",
  podman: "podman",
  containers: undefined,
};

/**
 * Reads the platforms of a `molecule.yml` that Molecule starts with an engine. Variables that the
 * project does not set have their defaults.
 */
export function readMolecule(uri: string, text: string, read: Read): SurfaceFile {
  const { file, driver = "", platforms } = readScenario(uri, text, read);
  const items = Object.hasOwn(drivers, driver) ? itemsIn(file, platforms) : [];
  return yamlFile(
    uri,
    text,
    items.flatMap((item) => platform(file, item, drivers[driver], read) ?? []),
  );
}

function platform(
  file: YamlFile,
  item: Node,
  engine: ContainerSource["engine"],
  read: Read,
): YamlContainer | undefined {
  const entries = file.entries(item);
  const nameNode = entries.get("name")?.pair.value;
  const name = valueIn(file, nameNode);
  if (!isMap(item) || !nameNode || name === undefined) return undefined;
  const value = (key: string) => valueIn(file, entries.get(key)?.pair.value);
  const own = layerOf(file, item, nameNode);
  const service = serviceOf(engine === "podman" ? podman : docker, name, [own]);
  const keepsImage = readBoolean(value("override_command") ?? "") === false;
  const isSet = entries.has("command");
  const command = keepsImage ? undefined : isSet ? given(service.spec) : loop;
  const { command: _, ...rest } = withOptions(file, entries.get("extra_opts")?.pair.value, service.spec);
  const span = spanOf(file, nameNode);
  const misnamed = misnamedIn(own, read);
  const isBuilt = readBoolean(value("pre_build_image") ?? "") !== true;
  return {
    service,
    own,
    spec: { ...rest, ...(command && { command }) },
    about: {
      runsOn: engine,
      forTest: true,
      ...(!keepsImage && !isSet && { standIn: { tool: "molecule", span } }),
      ...(misnamed && { misnamed }),
      ...(isBuilt && builtOf(file, entries.get("dockerfile")?.pair.value, read)),
      toDisplay: (step) =>
        step.do === "unset" && step.key === "command"
          ? "override_command: false"
          : toDisplay(service.dialect, step),
    },
    more: (wanted) => (command && !wanted.command ? [["override_command", new Raw("false")]] : []),
  };
}

/** The command of a platform. If it is empty, as with `${COMMAND:-""}`, the image's own command is started. */
function given({ command }: ContainerSpec): ContainerSpec["command"] {
  return command?.words.every((word) => word === "") ? undefined : command;
}

/** Variables under `environment`, unless the scenario has its own playbook and that reads them. */
function misnamedIn(own: Layer, read: Read): MisnamedVariables | undefined {
  const { file, entry } = own;
  const [key, right] = ["environment", "env"];
  const [slot] = slotsOf([own], key);
  const playbook = resolveUri(file.uri, "create.yml");
  if (!slot || (playbook !== undefined && read(playbook)?.includes(key))) return undefined;
  const span = spanOf(file, slot.entry.pair.key);
  const body = entry.pair.value;
  const isOwn = slot.entry.owner === body && !file.isShared(slot.entry.owner);
  const isRenamable = isOwn && isMap(slot.node) && !file.entries(body).has(right);
  return {
    ...{ names: variablesIn(slot).map(({ name }) => name), key, right, span },
    ...(isRenamable && { rename: { span, text: right } }),
  };
}

/** Adds what `extra_opts` of the `podman` driver sets. It contains flags of `podman run`. */
function withOptions(file: YamlFile, node: unknown, spec: ContainerSpec): ContainerSpec {
  const words = itemsIn(file, node).map((item) => valueIn(file, item) ?? "");
  return { ...readFlags(words, spec), image: spec.image };
}

/** What Molecule builds on the image of a platform: a template, which can be a plain Dockerfile. */
function builtOf(
  file: YamlFile,
  node: Node | null | undefined,
  read: Read,
): Pick<ContainerSource, "build" | "template" | "isExtended"> {
  const path = node ? valueIn(file, node) : "Dockerfile.j2";
  const dockerfile = path === undefined ? undefined : resolveUri(file.uri, path);
  if (!node && (dockerfile === undefined || read(dockerfile) === undefined)) return {};
  if (dockerfile === undefined) return { isExtended: true };
  const context = resolveUri(file.uri, ".")?.replace(/\/$/, "");
  const link: BuildLink = { dockerfile, context, args: {}, ...(node && { span: spanOf(file, node) }) };
  return { isExtended: true, [dockerfile.endsWith(".j2") ? "template" : "build"]: link };
}
