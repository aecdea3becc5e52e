import { isSeq } from "yaml";
import type { ComposeFile } from "./file";
import { valueIn } from "./items";
import { type Layer, layersIn, type Project, servicesOf, slotsOf } from "./layers";
import { isActive } from "./profiles";
import { isExternal, resourceName } from "./resources";
import type { Service } from "./service";

/** Values of `--network`: a name, possibly with the options that the service sets for that network. */
export function networksOf(layers: readonly Layer[], files: readonly ComposeFile[]): string[] {
  const found = new Map<string, string>();
  for (const { key, file, settings } of writtenNetworks(layers)) {
    const name = resourceName(files, "networks", key);
    const options = networkOptions(file, settings);
    found.set(key, options.length > 0 ? [`name=${name}`, ...options].join(",") : name);
  }
  if (!isInImplicit(layers) || !isExternal(files, "networks", "default")) return [...found.values()];
  return [resourceName(files, "networks", "default")];
}

/** How the project's own network is listed if it is left out. */
export const implicitNetwork = "networks: default (names of other services do not resolve)";

/**
 * What a service loses if it is in the project's own network only implicitly. Compose creates and removes that
 * network, so a command cannot refer to it. Empty if no other service is in the network.
 */
export function leftNetwork(
  { name, layers }: Service,
  files: readonly ComposeFile[],
  members: () => ReadonlySet<string>,
): string[] {
  if (!isInImplicit(layers) || isExternal(files, "networks", "default")) return [];
  const others = members().size - (members().has(name) ? 1 : 0);
  return others > 0 ? [implicitNetwork] : [];
}

/** The services in the project's network that compose starts by default. */
export function defaultMembers(project: Project): ReadonlySet<string> {
  const names = new Set(project.files.flatMap((file) => [...servicesOf(file).keys()]));
  const isMember = (name: string) => {
    const layers = layersIn(project, name);
    const isIn = isInImplicit(layers) || writtenNetworks(layers).some(({ key }) => key === "default");
    return isIn && isActive(project.file.variables, layers);
  };
  return new Set([...names].filter(isMember));
}

/** Whether compose adds a service to the project's own network by default (compose-go, loader/normalize.go). */
function isInImplicit(layers: readonly Layer[]): boolean {
  return slotsOf(layers, "network_mode").length === 0 && writtenNetworks(layers).length === 0;
}

/** A network that a service names, with the settings for it. */
interface WrittenNetwork {
  readonly key: string;
  readonly file: ComposeFile;
  readonly settings: unknown;
}

function writtenNetworks(layers: readonly Layer[]): WrittenNetwork[] {
  return slotsOf(layers, "networks").flatMap(({ file, node }): WrittenNetwork[] =>
    isSeq(node)
      ? node.items
          .flatMap((item) => valueIn(file, item) ?? [])
          .map((key) => ({ key, file, settings: undefined }))
      : [...file.entries(node)].map(([key, { pair }]) => ({ key, file, settings: pair.value })),
  );
}

function networkOptions(file: ComposeFile, settings: unknown): string[] {
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
