import { isSeq } from "yaml";
import type { ComposeFile } from "./file";
import { valueIn } from "./items";
import { type Layer, slotsOf } from "./layers";
import { resourceName } from "./resources";

/** Values of `--network`: a name, or a name with what the service asks of that network. */
export function networksOf(layers: readonly Layer[], files: readonly ComposeFile[]): string[] {
  const found = new Map<string, string>();
  for (const { key, file, settings } of writtenNetworks(layers)) {
    const name = resourceName(files, "networks", key);
    const options = networkOptions(file, settings);
    found.set(key, options.length > 0 ? [`name=${name}`, ...options].join(",") : name);
  }
  return [...found.values()];
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
