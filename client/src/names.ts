import { fileNames } from "../../server/src/core/base/file-names";
import type { FileKind } from "./ports";
import { surfaces } from "./surfaces";

/** Patterns of the files that are linted, one a kind: what the language client and the commands look for. */
export const surfaceGlobs: readonly string[] = [...new Set(surfaces.map(globOf))];

/** A pattern for the names of a kind. */
function globOf({ names }: (typeof surfaces)[number]): string {
  return `**/{${names.join(",")}}`;
}

/** What makes a document one that the server gets. */
interface DocumentFilter {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string;
}

/**
 * The documents of a scheme that the server gets: by language and by name, or by both together where the language is one
 * that others register.
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

/** Patterns of the files that are of a kind by their names. */
export const namedGlobs: readonly string[] = named.map(globOf);

/** What a file is by its name; `Dockerfile.dockerignore` belongs to a Dockerfile and is not one. */
export function kindOfName(path: string): FileKind | undefined {
  return rows.find(({ owns }) => owns(path))?.kind;
}

/** What a document of a language is. */
export function kindOfLanguage(languageId: string): FileKind | undefined {
  return surfaces.find((surface) => languagesOf(surface).includes(languageId))?.kind;
}

function languagesOf(surface: (typeof surfaces)[number]): readonly string[] {
  return "languageIds" in surface ? surface.languageIds : [];
}

/** A `when` clause for files to which VS Code gives the language of a kind. */
export function whenLanguage(kind: FileKind): string {
  const ids = surfaces.flatMap((surface) => (surface.kind === kind ? languagesOf(surface) : []));
  return ids.map((id) => `resourceLangId == ${id}`).join(" || ");
}

/** The kinds that a name alone decides. */
type NamedKind = Exclude<(typeof surfaces)[number], { readonly except: readonly string[] }>["kind"];

/** A `when` clause for files that have a name of a kind, whichever language VS Code gives them. */
export function whenName(kind: NamedKind): string {
  const names = surfaces.flatMap((surface) => (surface.kind === kind ? surface.names : []));
  const patterns = names.map((name) => name.replaceAll(".", String.raw`\.`).replaceAll("*", ".*"));
  return `resourceFilename =~ /^(${patterns.join("|")})$/i`;
}

/**
 * The name that the image and the container of a Dockerfile share: its directory, then what sets it apart from
 * the directory's other Dockerfiles, then the stage. Only characters that an engine takes.
 */
export function baseName(path: string, stage?: string): string {
  const parts = path.split(/[/\\]/);
  const file = parts.at(-1) ?? "";
  const variant = file.replace(/^(docker|container)file\.?/i, "").replace(/\.?(docker|container)file$/i, "");
  const words = [parts.at(-2) ?? "", variant, stage ?? ""].map(plain).filter((word) => word !== "");
  return words.join("-") || "image";
}

/** The tag of builds by this extension, so that a user's image of the same name is never replaced. */
export function imageTag(path: string, stage?: string): string {
  return `${baseName(path, stage)}:systemd`;
}

/** The image that compose gives a service that only has `build:`. */
export function serviceImage(path: string, service = "service"): string {
  return `${plain(path.split(/[/\\]/).at(-2) ?? "") || "project"}-${plain(service) || "service"}`;
}

export function containerName(path: string, stage?: string): string {
  return `${baseName(path, stage)}-systemd`;
}

/** A name for the container of an image: the last part of its reference, and its tag. */
export function referenceName(reference: string): string {
  const last = reference
    .slice(reference.lastIndexOf("/") + 1)
    .replace(/@.*/s, "")
    .replace(/:latest$/, "");
  return plain(last) || "image";
}

/** Lower-case letters and digits in runs joined by single dashes. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
