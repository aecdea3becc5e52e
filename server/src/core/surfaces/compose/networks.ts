import { isSeq } from "yaml";
import type { ComposeFile } from "./file";
import { valueIn } from "./items";
import { type Layer, layersIn, type Project, servicesOf, slotsOf } from "./layers";
import { isActive } from "./profiles";
import { isExternal, resourceName } from "./resources";
import type { Service } from "./service";

/** Values of `--network`: a name, or a name with what the service asks of that network. */
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

/** How the project's own network is named where it is left out. */
export const implicitNetwork = "networks: default (names of other services do not resolve)";

/**
 * What a service loses that is in the project's own network without being written so: compose makes that network
 * and removes it again, so that a command cannot name it. Nothing where no other service is there.
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

/** The services in the network of the project that compose starts unasked. */
export function defaultMembers(project: Project): ReadonlySet<string> {
  const names = new Set(project.files.flatMap((file) => [...servicesOf(file).keys()]));
  const isMember = (name: string) => {
    const layers = layersIn(project, name);
    const isIn = isInImplicit(layers) || writtenNetworks(layers).some(({ key }) => key === "default");
    return isIn && isActive(project.file.variables, layers);
  };
  return new Set([...names].filter(isMember));
}

/** Whether compose puts a service into the project's own network unasked (compose-go, loader/normalize.go). */
function isInImplicit(layers: readonly Layer[]): boolean {
  return slotsOf(layers, "network_mode").length === 0 && writtenNetworks(layers).length === 0;
}

/** A network that a service names, and what it asks of it. */
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
