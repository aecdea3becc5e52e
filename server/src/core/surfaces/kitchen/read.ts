import type { Node } from "yaml";
import { resolveUri } from "../../base/uri";
import type { BuildLink } from "../../container/source";
import type { ContainerSpec } from "../../container/spec";
import { readYaml, type YamlFile } from "../../yaml/document";
import { type Entry, isMap } from "../../yaml/nodes";
import { spanOf } from "../../yaml/spans";
import { valueIn } from "../compose/items";
import { type Layer, slotsOf } from "../compose/layers";
import { serviceOf } from "../compose/service";
import { readFlagsKey } from "../key-words";
import type { SurfaceFile } from "../surface";
import { driverName, itemsIn, type YamlContainer, yamlFile } from "../yaml-containers";
import { docker, dokken } from "./dialects";
import { isWritten, withoutRuby } from "./erb";

/** What the drivers start if the file sets no program. */
const drivers = {
  dokken: {
    dialect: dokken,
    tool: "dokken",
    program: ["sh", "-c", "trap exit 0 SIGTERM; while :; do sleep 1; done"],
  },
  docker: { dialect: docker, tool: "kitchen-docker", program: ["/usr/sbin/sshd", "-D"] },
} as const;

/**
 * Reads the platforms in a Test Kitchen file that its Docker drivers start. Values that Ruby computes are unknown.
 */
export function readKitchen(uri: string, written: string): SurfaceFile {
  const text = withoutRuby(written);
  const file = readYaml(uri, text);
  const root = file.entries(file.root);
  const items = itemsIn(file, root.get("platforms")?.pair.value);
  return yamlFile(
    uri,
    text,
    items.flatMap((item) => platform(file, written, item, root.get("driver")) ?? []),
  );
}

function platform(
  file: YamlFile,
  written: string,
  item: Node,
  shared: Entry | undefined,
): YamlContainer | undefined {
  const entries = file.entries(item);
  const nameNode = entries.get("name")?.pair.value;
  const name = valueIn(file, nameNode);
  const entry = entries.get("driver") ?? entries.get("driver_config");
  if (!nameNode || name === undefined || !entry || !isMap(file.resolve(entry.pair.value))) return undefined;
  const own = { file, entry };
  const layers = shared ? [{ file, entry: shared }, own] : [own];
  const driver = layers.flatMap((layer) => driverName(file, layer.entry.pair.value) ?? []).at(-1) ?? "";
  if (!Object.hasOwn(drivers, driver)) return undefined;
  const { dialect, tool, program } = drivers[driver as keyof typeof drivers];
  const service = serviceOf(dialect, name, layers);
  const { command = { words: program } } = service.spec;
  const slot = driver === "docker" ? slotsOf(layers, "run_options").at(-1) : undefined;
  const read =
    driver === "docker"
      ? readFlagsKey({
          ...{
            file,
            written,
            name: "run_options",
            value: slot?.entry.pair.value,
            inKeys: known(service.spec),
          },
          isShared: slot?.entry.owner !== file.resolve(entry.pair.value),
        })
      : undefined;
  return {
    service,
    own,
    name: nameNode,
    spec: { ...(read?.spec ?? known(service.spec)), command },
    ...(read && { words: read.words }),
    about: {
      runsOn: "docker",
      forTest: true,
      ...(read?.incomplete && { incomplete: true }),
      ...(!service.spec.command && { standIn: { tool, span: spanOf(file, nameNode) } }),
      ...(isExtended(driver, layers) && { isExtended: true }),
      ...(driver === "docker" && buildOf(layers)),
    },
  };
}

/**
 * Whether the driver installs more in the image: `docker` always adds an SSH server and runs `provision_command`
 * (kitchen-docker, dockerfile_helper.rb), and `dokken` runs `intermediate_instructions` (dokken.rb).
 */
function isExtended(driver: string, layers: readonly Layer[]): boolean {
  return driver === "docker" || slotsOf(layers, "intermediate_instructions").length > 0;
}

/** The template of a Dockerfile that the driver `docker` builds instead of the usual one, in the directory of the file. */
function buildOf(layers: readonly Layer[]): { readonly build: BuildLink } | undefined {
  const slot = slotsOf(layers, "dockerfile").at(-1);
  const node = slot?.entry.pair.value;
  const path = slot && node ? valueIn(slot.file, node) : undefined;
  if (!slot || !node || path === undefined || isWritten(path)) return undefined;
  const dockerfile = resolveUri(slot.file.uri, path);
  const context = resolveUri(slot.file.uri, ".")?.replace(/\/$/, "");
  return dockerfile === undefined
    ? undefined
    : { build: { dockerfile, context, span: spanOf(slot.file, node), args: {} } };
}

/** The settings, without the image if Ruby computes its name. */
function known({ image, ...spec }: ContainerSpec): ContainerSpec {
  return image === undefined || isWritten(image) ? spec : { image, ...spec };
}
