import { type Budget, mostExpanded } from "../../base/limits";
import { resolveUri } from "../../base/uri";
import { readYaml } from "../../yaml/document";
import { readEnvironment } from "./dotenv";
import { type ComposeFile, withVariables } from "./file";
import type { Environment } from "./interpolate";
import { mergedFiles, type Project } from "./layers";
import { projectName } from "./project-name";

type Read = (uri: string) => string | undefined;

/** The files of a project as a reader without an environment knows them; variables count as their defaults. */
export function openProject(uri: string, text: string, read: Read): Project {
  const open = opener(uri, text, read, (file) => file);
  const file = readYaml(uri, text);
  return { file, open, files: mergedFiles({ file, open }), left: [] };
}

/** The files of a project as compose starts it, with its variables: those of `.env` beside them. */
export function startedProject(uri: string, text: string, read: Read): Project {
  const budget: Budget = { left: mostExpanded };
  const { values: set, left } = environmentBeside(uri, new Map(), read, budget);
  const values = new Map(set);
  const open = opener(uri, text, read, (file) => withVariables(file, { values, budget }));
  const file = open(uri) as ComposeFile;
  const files = mergedFiles({ file, open });
  values.set("COMPOSE_PROJECT_NAME", projectName(files));
  return { file, open, files, left };
}

/** Reads each file once. */
function opener(
  uri: string,
  text: string,
  read: Read,
  prepare: (file: ComposeFile) => ComposeFile,
): (uri: string) => ComposeFile | undefined {
  const files = new Map<string, ComposeFile | undefined>([[uri, prepare(readYaml(uri, text))]]);
  return (asked) => {
    if (!files.has(asked)) {
      const found = read(asked);
      files.set(asked, found === undefined ? undefined : prepare(readYaml(asked, found)));
    }
    return files.get(asked);
  };
}

/** What the `.env` file in the directory of a file sets; nothing where compose refuses it, which `left` tells. */
function environmentBeside(
  uri: string,
  before: Environment,
  read: Read,
  budget: Budget,
): { values: ReadonlyMap<string, string | undefined>; left: readonly string[] } {
  const beside = resolveUri(uri, ".env");
  const text = beside === undefined ? undefined : read(beside);
  const values = text === undefined ? new Map<string, string>() : readEnvironment(text, before, budget);
  return typeof values === "number"
    ? { values: new Map(), left: [`.env: line ${values}`] }
    : { values, left: [] };
}
