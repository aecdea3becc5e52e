import { type Node, Pair } from "yaml";
import { longestExtends } from "../../base/limits";
import { resolveUri } from "../../base/uri";
import type { Entry } from "../../yaml/nodes";
import { type ComposeFile, uriIn } from "./file";
import { valueIn } from "./items";

/** The files of one project, each read once. */
export interface Project {
  /** The file that is being read. */
  readonly file: ComposeFile;
  open(uri: string): ComposeFile | undefined;
  /** The files to merge, each with its documents. */
  readonly files: readonly ComposeFile[];
  /** The files are listed explicitly when the project is started, so services of every file are started. */
  readonly isListed?: boolean;
  /** Anything that is specified when the project is started, but cannot be read. */
  readonly left: readonly string[];
}

/** The layers of a service of a project. */
export function layersIn(project: Project, name: string): Layer[] {
  return project.files.flatMap((file) => layersOf(project, file, name));
}

/**
 * What one place sets for a service. A service is the result of merging its layers, with later ones taking
 * precedence.
 */
export interface Layer {
  readonly file: ComposeFile;
  /** The entry of the service in `services`. */
  readonly entry: Entry;
}

/**
 * A layer for a mapping that is not the value of a key, so no other mapping owns its entry; `name` is the node with its
 * name.
 */
export function layerOf(file: ComposeFile, body: Node, name = body): Layer {
  return { file, entry: { pair: new Pair(name, body) } as Entry };
}

/** A key of a service in one of its layers. */
export interface Slot {
  readonly file: ComposeFile;
  readonly entry: Entry;
  /** The value, with aliases resolved. */
  readonly node: Node | undefined;
}

/** The services that a file defines. */
export function servicesOf(file: ComposeFile): ReadonlyMap<string, Entry> {
  return file.entries(file.entries(file.root).get("services")?.pair.value);
}

/** The layers of a service in one file: first what it extends, then the service itself. */
function layersOf(project: Project, file: ComposeFile, name: string): Layer[] {
  const layers: Layer[] = [];
  const seen = new Set<Entry>();
  let at: { file: ComposeFile; name: string } | undefined = { file, name };
  while (at && layers.length < longestExtends) {
    const entry: Entry | undefined = servicesOf(at.file).get(at.name);
    if (!entry || seen.has(entry)) break;
    seen.add(entry);
    layers.unshift({ file: at.file, entry });
    at = baseOf(project, at.file, entry);
  }
  return layers;
}

function baseOf(
  project: Project,
  file: ComposeFile,
  { pair }: Entry,
): { file: ComposeFile; name: string } | undefined {
  const base = file.entries(pair.value).get("extends")?.pair.value;
  const short = valueIn(file, base);
  if (short !== undefined) return { file, name: short };
  const long = file.entries(base);
  const name = valueIn(file, long.get("service")?.pair.value);
  if (name === undefined) return undefined;
  const path = valueIn(file, long.get("file")?.pair.value);
  if (path === undefined) return { file, name };
  const uri = uriIn(file, path);
  const other = uri === undefined ? undefined : project.open(uri);
  return other && { file: other, name };
}

/** What the layers set for a key. `!reset` removes what earlier layers set; `!override` replaces it. */
export function slotsOf(layers: readonly Layer[], key: string): Slot[] {
  let slots: Slot[] = [];
  for (const { file, entry } of layers) {
    const found = file.entries(entry.pair.value).get(key);
    if (!found) continue;
    const node = file.resolve(found.pair.value);
    if (node?.tag === "!reset" || node?.tag === "!override") slots = [];
    if (node?.tag !== "!reset") slots.push({ file, entry: found, node });
  }
  return slots;
}

/** The default files of a project, in the order in which compose looks for them. */
const bases = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const overrides = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/** The files that compose merges by default, each with its documents: the base and its override. */
export function mergedFiles({ file, open }: Pick<Project, "file" | "open">): ComposeFile[] {
  const name = file.uri.slice(file.uri.lastIndexOf("/") + 1);
  const first = (names: readonly string[]): ComposeFile | undefined => {
    for (const candidate of names) {
      const uri = resolveUri(file.uri, candidate);
      const found = uri === undefined ? undefined : open(uri);
      if (found) return found;
    }
    return undefined;
  };
  const files = bases.includes(name)
    ? [file, first(overrides)]
    : overrides.includes(name)
      ? [first(bases), file]
      : [file];
  return files.flatMap((each) => (each ? [each, ...each.later] : []));
}
