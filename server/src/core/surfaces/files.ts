import { fileNames } from "../base/file-names";
import { kept } from "../base/kept";
import { mostKeptText } from "../base/limits";
import type { Started, Surface, SurfaceFile } from "./surface";
import { surfaces } from "./table";

/** The kind of a file. */
export type FileKind = (typeof surfaces)[number]["kind"] | "unknown";

/** The number of UTF-16 units at the beginning of a file that are examined to recognize its kind. */
const longestBeginning = 20_000;

const rows = surfaces.map((surface) => ({ surface, owns: fileNames(surface) }));

/** The surfaces whose files are recognized by name. */
const named = rows.filter(({ surface }) => !("byContent" in surface));

/** The kinds that can be specified, in the order of the table. */
export const kinds: readonly FileKind[] = surfaces.map(({ kind }) => kind);

/** The kind of file that a path or URI names; undefined if the name belongs to none of the surfaces. */
export function kindOfName(path: string): FileKind | undefined {
  return named.find(({ owns }) => owns(path))?.surface.kind;
}

/**
 * Whether the file of a path or URI belongs to a surface by its name, or may belong to one depending on its content.
 */
export function mayBeLinted(path: string): boolean {
  return rows.some(({ owns }) => owns(path));
}

/** Whether a path or URI has the name of a file that starts containers. */
export function isRunFile(path: string): boolean {
  return named.some(({ surface, owns }) => surface.starts && owns(path));
}

/** Whether a path or URI has the name of a kind of file that is common in projects without containers. */
export function isCommon(path: string): boolean {
  const row = rows.find(({ owns }) => owns(path));
  return row !== undefined && "common" in row.surface;
}

/**
 * Paths or URIs of files. Files of a common kind are left out unless a file of another kind is in the same directory.
 */
export function linkedFiles(paths: readonly string[]): string[] {
  const folder = (path: string) => path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")));
  const common = new Set(paths.filter(isCommon));
  const folders = new Set(paths.filter((path) => !common.has(path)).map(folder));
  return paths.filter((path) => !common.has(path) || folders.has(folder(path)));
}

/** The kind of a file that a run file builds. */
export function kindOfBuilt(path: string): FileKind {
  return path.endsWith(".j2") ? "dockerfile-template" : "dockerfile";
}

/** Whether a path or URI names a Dockerfile. */
export function isDockerfile(path: string): boolean {
  return kindOfName(path) === "dockerfile";
}

/** The kind of a file by its name, or otherwise by its content. */
export function kindOf(path: string, text: string): FileKind {
  const kind = kindOfFound(path, text);
  return kind === "unknown" ? (kindOfContent(text.slice(0, longestBeginning)) ?? kind) : kind;
}

/**
 * The kind of a file that was found by a search or is open in an editor. Its content only decides among the kinds
 * that its name allows.
 */
export function kindOfFound(path: string, text: string): FileKind {
  const start = text.slice(0, longestBeginning);
  const isOne = (surface: Surface) => !surface.byContent || surface.looksLike(start);
  return rows.find(({ surface, owns }) => owns(path) && isOne(surface))?.surface.kind ?? "unknown";
}

function kindOfContent(start: string): FileKind | undefined {
  return surfaces.find(({ looksLike }) => looksLike(start))?.kind;
}

/** The kind of a document by its language in the editor; undefined if no surface has that language. */
function kindOfLanguage(languageId: string): FileKind | undefined {
  return surfaces.find(({ languageIds }) => (languageIds as readonly string[]).includes(languageId))?.kind;
}

/**
 * The kind of an open document by its language. If this kind excludes the name of the document, and the name belongs
 * to another kind, it is of that kind: some editors treat `Dockerfile.j2` as a Dockerfile.
 */
export function kindOfDocument(uri: string, languageId: string): FileKind | undefined {
  const kind = kindOfLanguage(languageId);
  const { except = [] } = surfaceOf(kind ?? "unknown") ?? {};
  return (fileNames({ names: except })(uri) ? kindOfName(uri) : undefined) ?? kind;
}

/** The surface of a kind; undefined for `unknown`. */
export function surfaceOf(kind: FileKind): Surface | undefined {
  return surfaces.find((surface) => surface.kind === kind);
}

/** The content of a file and its kind; if the kind is absent, it is determined by name or content. */
export interface FileText {
  readonly uri: string;
  readonly text: string;
  readonly kind?: FileKind;
}

const recent = kept<SurfaceFile | undefined>(mostKeptText);

/** Does the same as `readFile`, but keeps the result while the files that it depends on are unchanged. */
export function keptFile(file: FileText, read: (uri: string) => string | undefined): SurfaceFile | undefined {
  const { uri, text, kind = kindOf(uri, text) } = file;
  const ask = (asked: string) => (asked === uri ? text : read(asked));
  return recent(`${kind} ${uri}`, ask, (ask) => readFile({ uri, text: ask(uri) ?? text, kind }, ask));
}

/** Reads a file with its surface, or as the surface's own tool starts it; undefined if no surface reads it. */
export function readFile(
  { uri, text, kind = kindOf(uri, text) }: FileText,
  read: (uri: string) => string | undefined,
  started?: Started,
): SurfaceFile | undefined {
  return surfaceOf(kind)?.read(uri, text, read, started);
}
