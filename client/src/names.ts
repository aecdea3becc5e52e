import { fileNames } from "../../server/src/core/base/file-names";
import type { FileKind } from "./ports";
import { surfaces } from "./surfaces";

/**
 * Patterns of the files that are linted, one for each kind. The language client watches these files, and the commands
 * look for them.
 */
export const surfaceGlobs: readonly string[] = [...new Set(surfaces.map(globOf))];

/** A pattern for the file names of a kind. */
function globOf({ names }: (typeof surfaces)[number]): string {
  return `**/{${names.join(",")}}`;
}

/** A filter for the documents that are sent to the server. */
interface DocumentFilter {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string;
}

/**
 * Filters for the documents of a scheme that are sent to the server. A document must match by language or by name, or
 * by both if the language belongs to another extension.
 */
export function documentFilters(scheme: string): DocumentFilter[] {
  const all = surfaces.flatMap((surface): DocumentFilter[] => {
    const pattern = globOf(surface);
    if ("namedIn" in surface) return surface.namedIn.map((language) => ({ scheme, language, pattern }));
    return [...languagesOf(surface).map((language) => ({ scheme, language })), { scheme, pattern }];
  });
  return [...new Map(all.map((filter) => [JSON.stringify(filter), filter])).values()];
}

const named = surfaces.filter((surface) => !("byContent" in surface));

const rows = named.map((surface) => ({ kind: surface.kind, owns: fileNames(surface) }));

/** Patterns of the files whose names determine their kind. */
export const namedGlobs: readonly string[] = named.map(globOf);

/** The kind of a file, determined by its name. `Dockerfile.dockerignore` belongs to a Dockerfile but is not one. */
export function kindOfName(path: string): FileKind | undefined {
  return rows.find(({ owns }) => owns(path))?.kind;
}

/** The kind of an open document by its language, or by its name if the kind of the language excludes that name. */
export function kindOfDocument(path: string, languageId: string): FileKind | undefined {
  const surface = surfaces.find((each) => languagesOf(each).includes(languageId));
  const except = surface && "except" in surface ? surface.except : [];
  return (fileNames({ names: except })(path) ? kindOfName(path) : undefined) ?? surface?.kind;
}

function languagesOf(surface: (typeof surfaces)[number]): readonly string[] {
  return "languageIds" in surface ? surface.languageIds : [];
}

/** A `when` clause for files whose language in VS Code is that of a kind. */
export function whenLanguage(kind: FileKind): string {
  const ids = surfaces.flatMap((surface) => (surface.kind === kind ? languagesOf(surface) : []));
  return ids.map((id) => `resourceLangId == ${id}`).join(" || ");
}

/** The kinds that are determined by the name alone. */
type NamedKind = Exclude<(typeof surfaces)[number], { readonly except: readonly string[] }>["kind"];

/** A `when` clause for files whose name is that of a kind, regardless of their language in VS Code. */
export function whenName(kind: NamedKind): string {
  const names = surfaces.flatMap((surface) => (surface.kind === kind ? surface.names : []));
  const patterns = names.map((name) => name.replaceAll(".", String.raw`\.`).replaceAll("*", ".*"));
  return `resourceFilename =~ /^(${patterns.join("|")})$/i`;
}

/**
 * The name that the image and the container of a Dockerfile share: its directory, followed by what distinguishes the
 * file from other Dockerfiles in the directory, and the stage. It contains only characters that engines accept.
 */
export function baseName(path: string, stage?: string): string {
  const parts = path.split(/[/\\]/);
  const file = parts.at(-1) ?? "";
  const variant = file.replace(/^(docker|container)file\.?/i, "").replace(/\.?(docker|container)file$/i, "");
  const words = [parts.at(-2) ?? "", variant, stage ?? ""].map(plain).filter((word) => word !== "");
  return words.join("-") || "image";
}

/** The tag of images that this extension builds. It never replaces a user's image of the same name. */
export function imageTag(path: string, stage?: string): string {
  return `${baseName(path, stage)}:systemd`;
}

/** The name that Compose gives to the image of a service with `build:` but without `image:`. */
export function serviceImage(path: string, service = "service"): string {
  return `${plain(path.split(/[/\\]/).at(-2) ?? "") || "project"}-${plain(service) || "service"}`;
}

export function containerName(path: string, stage?: string): string {
  return `${baseName(path, stage)}-systemd`;
}

/** A name for the container of an image: the last part of the image's reference, including the tag. */
export function referenceName(reference: string): string {
  const last = reference
    .slice(reference.lastIndexOf("/") + 1)
    .replace(/@.*/s, "")
    .replace(/:latest$/, "");
  return plain(last) || "image";
}

/** Converts a text to runs of lower-case letters and digits, separated by single dashes. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
