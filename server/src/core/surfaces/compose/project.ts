import { type Budget, mostExpanded } from "../../base/limits";
import { canonicalUri, filePath, folderOf, type Read, resolveUri } from "../../base/uri";
import { readYaml } from "../../yaml/document";
import type { Started } from "../surface";
import { readEnvironment } from "./dotenv";
import { type ComposeFile, withBase, withVariables } from "./file";
import type { Environment, Variables } from "./interpolate";
import { mergedFiles, type Project } from "./layers";
import { projectName } from "./project-name";

/** The files of a project as read without an environment; variables have their defaults. */
export function openProject(uri: string, text: string, read: Read): Project {
  const { file, open } = opener(uri, text, read, (each) => each);
  return { file, open, files: mergedFiles({ file, open }), left: [] };
}

/**
 * The files of a project as compose starts it, and its variables. The files are those that are requested, or those of
 * COMPOSE_FILE if it includes this one, or the default ones. The variables come from `.env` beside the file and
 * beside the first one.
 */
export function startedProject(uri: string, text: string, read: Read, started: Started): Project {
  const budget: Budget = { left: mostExpanded };
  const near = environmentBeside(uri, new Map(), read, budget);
  const listed = started.files
    ? { uris: [uri, ...started.files.map(canonicalUri)], left: [] }
    : listedFiles(uri, near.values, read);
  const first = listed?.uris[0] ?? uri;
  const isNear = folderOf(first) === folderOf(uri);
  const own = isNear ? near : environmentBeside(first, near.values, read, budget);
  const values = new Map([...own.values, ...near.values]);
  const variables: Variables = { values, budget };

  const { file: asked, open } = opener(uri, text, read, (each) => withVariables(each, variables));
  const inProject = (each: string) => {
    const file = open(each);
    return file && (folderOf(each) === folderOf(first) ? file : withBase(file, first));
  };
  const given = [...new Set(listed?.uris)].flatMap((each) => inProject(each) ?? []);
  const file = given.find((each) => each.uri === uri) ?? asked;
  const files = listed ? given.flatMap((each) => [each, ...each.later]) : mergedFiles({ file, open });
  values.set("COMPOSE_PROJECT_NAME", projectName(files));
  const left = [...near.left, ...(isNear ? [] : own.left), ...(listed?.left ?? [])];
  return { file, open, files, left, isListed: listed !== undefined };
}

/** The file that is being read, and a function that opens it and other files. Each file is read once. */
function opener(
  uri: string,
  text: string,
  read: Read,
  prepare: (file: ComposeFile) => ComposeFile,
): { readonly file: ComposeFile; open(uri: string): ComposeFile | undefined } {
  const file = prepare(readYaml(uri, text));
  const files = new Map<string, ComposeFile | undefined>([[uri, file]]);
  const open = (asked: string) => {
    if (!files.has(asked)) {
      const found = read(asked);
      files.set(asked, found === undefined ? undefined : prepare(readYaml(asked, found)));
    }
    return files.get(asked);
  };
  return { file, open };
}

/**
 * The variables from the `.env` file beside a file; none if compose rejects the `.env` file, which `left` then
 * reports.
 */
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

/** The files in COMPOSE_FILE, if this file is one of them; `left` are those that do not exist. */
function listedFiles(
  uri: string,
  values: Environment,
  read: Read,
): { uris: readonly string[]; left: readonly string[] } | undefined {
  const windows = /^([a-z]:|\/\/)/i.test(filePath(uri) ?? "");
  const separator = values.get("COMPOSE_PATH_SEPARATOR") || (windows ? ";" : ":");
  const paths = values.get("COMPOSE_FILE")?.split(separator) ?? [];
  const files = paths.map((path) => ({ path, uri: resolveUri(uri, path) }));
  const own = canonicalUri(uri);
  if (!files.some((file) => file.uri === own)) return undefined;
  const isThere = (file: string) => file === own || read(file) !== undefined;
  return {
    uris: files.flatMap((file) =>
      file.uri === own ? [uri] : file.uri !== undefined && isThere(file.uri) ? [file.uri] : [],
    ),
    left: files
      .filter((file) => file.uri === undefined || !isThere(file.uri))
      .map(({ path }) => `COMPOSE_FILE: ${path}`),
  };
}
