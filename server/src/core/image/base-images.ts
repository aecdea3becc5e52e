import { kept } from "../base/kept";
import { mostKeptSeen } from "../base/limits";
import { canonicalUri } from "../base/uri";
import type { BaseImage } from "./base-image";
import { baseTable } from "./base-table";

/**
 * Facts about the image that a reference names, with or without registry, mirror, `library/`, tag and digest.
 * Undefined for an image that is not in the table.
 */
export function baseImage(reference: string): BaseImage | undefined {
  const { registry, path, tag } = splitReference(reference);
  for (const { names, read } of baseTable) {
    const match = names.exec(path);
    if (match)
      return read(
        tag,
        match.slice(1).map((group) => group ?? ""),
        registry,
      );
  }
  return undefined;
}

/**
 * Facts about the image of a reference, from the table or else from inspecting the image on the engine. A shell that
 * inspects images adds the latter to the snapshot as JSON.
 */
export function knownImage(
  reference: string,
  read: (uri: string) => string | undefined,
): BaseImage | undefined {
  const known = baseImage(reference);
  if (known || !isImage(reference)) return known;
  return keptSeen(reference, read, (ask): BaseImage | undefined => {
    const seen = ask(seenUri(reference));
    return seen === undefined ? undefined : JSON.parse(seen);
  });
}

const keptSeen = kept<BaseImage | undefined>(mostKeptSeen);

/** Whether a name in FROM, `image:` or a run command is that of a specific image. */
export function isImage(reference: string): boolean {
  return !reference.includes("$") && reference.toLowerCase() !== "scratch";
}

const seenScheme = "seen-image:";

/** The snapshot's URI for the facts from an inspected image. It ends like a directory so that no file is watched. */
export function seenUri(reference: string): string {
  return canonicalUri(`${seenScheme}${reference}/`);
}

/** The image reference in a URI from `seenUri`; undefined for any other URI. */
export function seenReference(uri: string): string | undefined {
  return uri.startsWith(seenScheme) ? decodeURIComponent(uri.slice(seenScheme.length, -1)) : undefined;
}

/** Namespaces in which mirrors and proxies store the images of Docker Hub. */
const mirrorSegment =
  /^(library|docker|dockerhub|docker-hub|docker\.io|mirror|proxy|proxy-cache|containers|hub)$/;

/** Namespaces of the official images for a single architecture. */
const architecture = /^(amd64|i386|arm32v[567]|arm64v8|ppc64le|s390x|riscv64|mips64le)$/;

/**
 * Splits a reference into registry, name without registry and mirror, and tag: `quay.io/centos/centos:stream9` has
 * the name `centos/centos` and the tag `stream9`.
 */
function splitReference(reference: string): { registry: string; path: string; tag: string } {
  const name = reference.trim().toLowerCase().replace(/@.*/s, "");
  const [, named = name, tag = ""] = /^(.*?)(?::([^/:]*))?$/.exec(name) ?? [];
  let segments = named.split("/");
  const hosted = segments.length > 1 && /[.:]|^localhost$/.test(segments[0] ?? "");
  const registry = (hosted && segments[0]) || "docker.io";
  if (hosted) segments = segments.slice(1);
  const mirrored = segments.findLastIndex((segment) => mirrorSegment.test(segment));
  if (mirrored !== -1 && mirrored < segments.length - 1) segments = segments.slice(mirrored + 1);
  if (segments.length > 1 && architecture.test(segments[0] ?? "")) segments = segments.slice(1);
  return { registry, path: segments.join("/"), tag };
}
