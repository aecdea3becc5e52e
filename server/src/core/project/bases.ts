import type { Snapshot } from "../base/snapshot";
import { folderOf } from "../base/uri";
import type { Image } from "../image/image";
import { keptFile } from "../surfaces/files";
import type { LinkedContainer } from "./links";

/** How many Dockerfiles of a workspace are searched for one that is based on another. */
const mostDockerfiles = 500;

/**
 * Whether the FROM of another Dockerfile in the workspace names an image that is built from this one. A Dockerfile
 * does not contain the name of its image, so the name that compose assigns and the names of the file and directory
 * are used.
 */
export function isBuiltOn(uri: string, snapshot: Snapshot, linked: readonly LinkedContainer[]): boolean {
  const isName = nameTest(uri, linked);
  return others(uri, snapshot).some((other) =>
    referencesIn(other, snapshot).some((reference) => {
      const { last, tag } = partsOf(reference);
      return isName(last) || isName(tag);
    }),
  );
}

/**
 * The image of the workspace Dockerfile whose directory has the name in a reference; undefined if there is not
 * exactly one.
 */
export function imageNamed(reference: string, uri: string, snapshot: Snapshot): Image | undefined {
  const { last } = partsOf(reference);
  const found = others(uri, snapshot).filter((other) => lastSegment(folderOf(other)) === last);
  const [only] = found.length === 1 ? found : [];
  return only === undefined ? undefined : dockerfileAt(only, snapshot)?.image();
}

function others(uri: string, { dockerfiles = [] }: Snapshot): readonly string[] {
  return dockerfiles.slice(0, mostDockerfiles).filter((other) => other !== uri);
}

function dockerfileAt(uri: string, { read }: Snapshot) {
  const text = read(uri);
  return text === undefined ? undefined : keptFile({ uri, text, kind: "dockerfile" }, read)?.dockerfile;
}

/** The images on which a Dockerfile is based. */
function referencesIn(uri: string, snapshot: Snapshot): string[] {
  const dockerfile = dockerfileAt(uri, snapshot);
  return (dockerfile?.stages ?? []).flatMap(
    (_, stage) => dockerfile?.image(String(stage))?.baseReference ?? [],
  );
}

/** Returns a function that tests whether a name could be that of an image of this Dockerfile. */
function nameTest(uri: string, linked: readonly LinkedContainer[]): (name: string) => boolean {
  const file = lastSegment(uri);
  const variant = /^(?:dockerfile|containerfile)[.-](.+)$|^(.+)\.(?:dockerfile|containerfile)$/i.exec(file);
  const suffix = variant?.[1] ?? variant?.[2];
  const given = linked.flatMap(({ source }) => source.spec.image ?? []).map((image) => partsOf(image).last);
  const names = new Set([lastSegment(folderOf(uri)), ...given, ...(suffix ? [suffix] : [])]);
  return (name) => names.has(name) || (suffix !== undefined && /[-_]/.test(name) && name.endsWith(suffix));
}

/** The last part of an image name, and its tag. */
function partsOf(reference: string): { readonly last: string; readonly tag: string } {
  const [name = ""] = reference.split("@", 1);
  const [last = "", tag = ""] = lastSegment(name).split(":");
  return { last, tag };
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
