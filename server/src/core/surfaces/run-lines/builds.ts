import { lastSegment } from "../../base/text";
import { folderOf, resolveUri } from "../../base/uri";
import type { BuildLink } from "../../container/source";
import type { ShellCommand } from "../../shell/reader";

/**
 * The Dockerfile of an image by its name as written: of `docker build -t NAME` in the same text, else that beside the file
 * if the image is named like the directory.
 */
export function buildsIn(
  uri: string,
  text: string,
  commands: readonly ShellCommand[],
): (image: string) => BuildLink | undefined {
  const built = new Map(commands.flatMap((command) => buildOf(uri, text, command)));
  return (image) => {
    const found = built.get(plainName(image));
    if (found) return found;
    const own = decodeURIComponent(lastSegment(folderOf(uri)));
    return own !== "" && lastSegment(plainName(image)) === own ? linkTo(uri, ".", undefined) : undefined;
  };
}

/** The name of an image as written, without quotes and tag. */
function plainName(image: string): string {
  return image.replace(/["']/g, "").replace(/:[\w.-]+$/, "");
}

function buildOf(uri: string, text: string, { words, wordSpans }: ShellCommand): [string, BuildLink][] {
  if (!/^(docker|podman|nerdctl|buildah)$/.test(lastSegment(words[0] ?? ""))) return [];
  const verb = words.findIndex((word) => word === "build" || word === "bud");
  if (verb === -1) return [];
  const written = wordSpans.map(({ start, end }) => text.slice(start, end));
  const after = (...names: string[]) => {
    const at = words.findIndex((word) => names.includes(word ?? ""));
    const joined = words.find((word) => names.some((name) => word?.startsWith(`${name}=`)));
    return at === -1 ? joined?.replace(/^[^=]*=/, "") : written[at + 1];
  };
  const name = after("-t", "--tag");
  const folder = words.at(-1);
  if (name === undefined || folder === undefined || folder.startsWith("-")) return [];
  const link = linkTo(uri, folder, after("-f", "--file"));
  return link ? [[plainName(name), link]] : [];
}

function linkTo(uri: string, folder: string, file: string | undefined): BuildLink | undefined {
  const context = resolveUri(uri, folder)?.replace(/\/$/, "");
  if (context === undefined) return undefined;
  const dockerfile = file === undefined ? resolveUri(`${context}/`, "Dockerfile") : resolveUri(uri, file);
  return dockerfile === undefined ? undefined : { dockerfile, context, args: {} };
}
