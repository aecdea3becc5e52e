import { ignoreGlob } from "../base/glob";
import { recording } from "../base/snapshot";
import { withoutTrailing } from "../base/text";
import { canonicalUri, resolveUri } from "../base/uri";
import { linkOf } from "../container/source";
import type { Dockerfile } from "../image/image";
import { readFile } from "../surfaces/files";
import { dockerfileOf } from "./links";
import type { ContainerSubject } from "./subject";
import { type FileContext, readBuilt, subjectsOf } from "./subjects";

/** Returns the URI of a file in a build context, given its path there. */
type UriOf = (path: string) => string | undefined;

/**
 * Whether the image or container that a file defines also depends on the file `other`. That can be a file that it is
 * merged with or takes variables from, the Dockerfile of the container `name` (or of any container if no name is
 * given), a file that this Dockerfile copies from its build context, or a file that the container mounts.
 */
export function isMadeFrom(context: FileContext, name: string | undefined, other: string): boolean {
  const wanted = canonicalUri(other);
  const { snapshot, asked } = recording(context.snapshot);
  readFile(context, snapshot.read, {});
  if ([context.uri, ...asked].some((uri) => canonicalUri(uri) === wanted)) return true;
  const { file, images, containers } = subjectsOf({ ...context, started: {} });
  const [image] = images;
  if (file?.dockerfile) return image !== undefined && copies(file.dockerfile, image.fileUri, wanted);
  return containers
    .filter(({ source }) => name === undefined || source.name === name)
    .some((container) => isOfContainer(container, context, wanted));
}

function isOfContainer(
  { uri: base, source, image }: ContainerSubject,
  { snapshot }: FileContext,
  wanted: string,
): boolean {
  const { variableFiles = [], spec } = source;
  const mounted = spec.mounts.map((mount) =>
    mount.type === "bind" && mount.source !== undefined ? resolveUri(base, mount.source) : undefined,
  );
  const named = [linkOf(source)?.dockerfile, ...variableFiles.map(({ uri }) => uri), ...mounted];
  if (named.some((uri) => uri !== undefined && canonicalUri(uri) === wanted)) return true;
  const dockerfile = readBuilt(source.build?.inline, dockerfileOf(source, snapshot), snapshot);
  return dockerfile !== undefined && image !== undefined && copies(dockerfile, image.fileUri, wanted);
}

/**
 * Whether a stage copies a file from the build context. `.dockerignore` counts as well, because the build reads it,
 * although it does not copy it.
 */
function copies(dockerfile: Dockerfile, uriOf: UriOf, wanted: string): boolean {
  const root = uriOf(".");
  if (root === undefined) return false;
  const path = pathIn(root, wanted);
  const sources = dockerfile.stages.flatMap((_, stage) =>
    (dockerfile.image(String(stage))?.copies ?? [])
      .filter(({ fromStage }) => fromStage === undefined)
      .flatMap((copy) => copy.sources),
  );
  return path === ".dockerignore" || sources.some((source) => isAt(source, path, uriOf, wanted));
}

/** Whether a source of a COPY is the file, a directory above it, or a pattern that matches either. */
function isAt(source: string, path: string | undefined, uriOf: UriOf, wanted: string): boolean {
  const written = withoutTrailing(source, "/").replace(/^(\.?\/)+/, "");
  if (written === "" || written === ".") return path !== undefined;
  if (/[*?[]/.test(written)) return path !== undefined && matches(written, path);
  const uri = uriOf(written);
  return uri !== undefined && pathIn(uri, wanted) !== undefined;
}

/** The decoded path of a file within a directory; empty for the directory itself, undefined outside of it. */
function pathIn(folder: string, uri: string): string | undefined {
  const whole = withoutTrailing(canonicalUri(folder), "/");
  if (uri === whole) return "";
  return uri.startsWith(`${whole}/`) ? decodeURIComponent(uri.slice(whole.length + 1)) : undefined;
}

/** Whether a pattern matches a path or a directory above it. A pattern that the engine rejects matches nothing. */
function matches(pattern: string, path: string): boolean {
  try {
    return ignoreGlob(pattern, true)(path);
  } catch {
    return false;
  }
}
