import type { Node } from "yaml";
import { mostExpanded } from "../../base/limits";
import { type Read, resolveUri } from "../../base/uri";
import { readYaml } from "../../yaml/document";
import { type ComposeFile, withVariables } from "../compose/file";
import { valueIn } from "../compose/items";
import { driverName } from "../yaml-containers";

/** A scenario's `molecule.yml`, merged with the base configuration of its project. */
export interface Scenario {
  readonly file: ComposeFile;
  readonly driver: string | undefined;
  /** The platforms of `file`, which replace those of the base configuration. */
  readonly platforms: Node | null | undefined;
}

/** Reads a `molecule.yml` with the variables of its project. The driver can be that of the base configuration. */
export function readScenario(uri: string, text: string, read: Read): Scenario {
  const at = uri.lastIndexOf("/molecule/");
  const project = at === -1 ? uri : `${uri.slice(0, at).replace(/\/extensions$/, "")}/`;
  const values = variablesOf(resolveUri(project, ".env.yml"), read);
  const open = (at: string, content: string) =>
    withVariables(readYaml(at, content), { values, budget: { left: mostExpanded } });
  const file = open(uri, text);
  const root = file.entries(file.root);
  const driverIn = (one: ComposeFile) => driverName(one, one.entries(one.root).get("driver")?.pair.value);
  const base = () => {
    const [at, content] = baseOf(project, read) ?? [];
    return at === undefined || content === undefined ? undefined : driverIn(open(at, content));
  };
  return { file, driver: driverIn(file) ?? base(), platforms: root.get("platforms")?.pair.value };
}

/**
 * The base configuration: that of the repository, the collection or the home directory (molecule, util.py,
 * lookup_config_file). The directories above the project include the first and often the last.
 */
function baseOf(project: string, read: Read): readonly [uri: string, text: string] | undefined {
  const config = ".config/molecule/config.yml";
  const above = project.split("/").map((_, steps) => `${"../".repeat(steps)}${config}`);
  const [own = config, ...others] = above;
  for (const path of [own, "extensions/molecule/config.yml", ...others]) {
    const uri = resolveUri(project, path);
    const text = uri === undefined ? undefined : read(uri);
    if (uri !== undefined && text !== undefined) return [uri, text];
  }
  return undefined;
}

/** The variables that Molecule reads from a file in its working directory. */
function variablesOf(uri: string | undefined, read: Read): ReadonlyMap<string, string | undefined> {
  const text = uri === undefined ? undefined : read(uri);
  if (uri === undefined || text === undefined) return new Map();
  const file = readYaml(uri, text);
  return new Map([...file.entries(file.root)].map(([name, { pair }]) => [name, valueIn(file, pair.value)]));
}
