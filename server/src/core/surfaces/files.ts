import { fileNames } from "../base/file-names";
import { kept } from "../base/kept";
import { mostKeptText } from "../base/limits";
import type { Started, Surface, SurfaceFile } from "./surface";
import { surfaces } from "./table";

/** What a file is to us. */
export type FileKind = (typeof surfaces)[number]["kind"] | "unknown";

/** A file shows what it is near its beginning; so many UTF-16 units are looked at. */
const longestBeginning = 20_000;

const rows = surfaces.map((surface) => ({ surface, owns: fileNames(surface) }));

/** Those of which a name shows that a file is one. */
const named = rows.filter(({ surface }) => !("byContent" in surface));

/** The kinds that can be stated, in the order of the table. */
export const kinds: readonly FileKind[] = surfaces.map(({ kind }) => kind);

/** What a path or URI names, if its name shows it; undefined for a name of none of the surfaces. */
export function kindOfName(path: string): FileKind | undefined {
  return named.find(({ owns }) => owns(path))?.surface.kind;
}

/** Whether a path or URI names a file that is, or may be by its content, one of a surface. */
export function mayBeLinted(path: string): boolean {
  return rows.some(({ owns }) => owns(path));
}

/** Whether a path or URI names a file that starts containers, if its name shows it. */
export function isRunFile(path: string): boolean {
  return named.some(({ surface, owns }) => surface.starts && owns(path));
}

/** Whether a path or URI names a file of a kind that is common in projects without containers. */
export function isCommon(path: string): boolean {
  const row = rows.find(({ owns }) => owns(path));
  return row !== undefined && "common" in row.surface;
}

/** Paths or URIs of files, without those of a common kind that no file of another kind is beside. */
export function linkedFiles(paths: readonly string[]): string[] {
  const folder = (path: string) => path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")));
  const common = new Set(paths.filter(isCommon));
  const folders = new Set(paths.filter((path) => !common.has(path)).map(folder));
  return paths.filter((path) => !common.has(path) || folders.has(folder(path)));
}

/** Whether a path or URI names a Dockerfile. */
export function isDockerfile(path: string): boolean {
  return kindOfName(path) === "dockerfile";
}

/** What a file is by its name, else by its content. */
export function kindOf(path: string, text: string): FileKind {
  const kind = kindOfFound(path, text);
  return kind === "unknown" ? (kindOfContent(text.slice(0, longestBeginning)) ?? kind) : kind;
}

/**
 * What a file is that was found, or is open in an editor. Its content decides only among the kinds that have its name.
 */
export function kindOfFound(path: string, text: string): FileKind {
  const start = text.slice(0, longestBeginning);
  const isOne = (surface: Surface) => !surface.byContent || surface.looksLike(start);
  return rows.find(({ surface, owns }) => owns(path) && isOne(surface))?.surface.kind ?? "unknown";
}

function kindOfContent(start: string): FileKind | undefined {
  return surfaces.find(({ looksLike }) => looksLike(start))?.kind;
}

/** What a document of an editor's language is; undefined for a language of none of the surfaces. */
export function kindOfLanguage(languageId: string): FileKind | undefined {
  return surfaces.find(({ languageIds }) => (languageIds as readonly string[]).includes(languageId))?.kind;
}

/** The surface of a kind; undefined for `unknown`. */
export function surfaceOf(kind: FileKind): Surface | undefined {
  return surfaces.find((surface) => surface.kind === kind);
}

/** A text of a file, and what it is; by its name or content where that is not stated. */
export interface FileText {
  readonly uri: string;
  readonly text: string;
  readonly kind?: FileKind;
}

const recent = kept<SurfaceFile | undefined>(mostKeptText);

/** As `readFile`, kept while the texts that it is read from are the same. */
export function keptFile(file: FileText, read: (uri: string) => string | undefined): SurfaceFile | undefined {
  const { uri, text, kind = kindOf(uri, text) } = file;
  const ask = (asked: string) => (asked === uri ? text : read(asked));
  return recent(`${kind} ${uri}`, ask, (ask) => readFile({ uri, text: ask(uri) ?? text, kind }, ask));
}

/** Reads a file as its surface does, or as the surface's own tool starts it; undefined where no surface reads it. */
export function readFile(
  { uri, text, kind = kindOf(uri, text) }: FileText,
  read: (uri: string) => string | undefined,
  started?: Started,
): SurfaceFile | undefined {
  return surfaceOf(kind)?.read(uri, text, read, started);
}
