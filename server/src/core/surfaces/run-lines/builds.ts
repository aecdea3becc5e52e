import { lastSegment } from "../../base/text";
import { folderOf, resolveUri } from "../../base/uri";
import type { BuildLink } from "../../container/source";
import type { ShellCommand } from "../../shell/reader";

/**
 * A command. `base` is the URI of a file in the directory that its paths are relative to; undefined if that is
 * unknown.
 */
export interface PlacedCommand {
  readonly command: ShellCommand;
  readonly base: string | undefined;
}

/**
 * Finds the Dockerfile of an image by its name as written: that of a `docker build -t NAME` in the same file, or
 * otherwise the one in the directory of the command, if that directory has the name of the image.
 */
export function buildsIn(
  text: string,
  commands: readonly PlacedCommand[],
): (image: string, base: string | undefined) => BuildLink | undefined {
  const built = new Map(commands.flatMap((each) => buildOf(text, each)));
  return (image, base) => {
    const found = built.get(plainName(image));
    if (found || base === undefined) return found;
    const own = decodeURIComponent(lastSegment(folderOf(base)));
    return own !== "" && lastSegment(plainName(image)) === own ? linkTo(base, ".", undefined) : undefined;
  };
}

/** The name of an image as written, without quotes and tag. */
export function plainName(image: string): string {
  return image.replace(/["']/g, "").replace(/:[\w.-]+$/, "");
}

function buildOf(
  text: string,
  { command: { words, wordSpans }, base }: PlacedCommand,
): [string, BuildLink][] {
  if (base === undefined) return [];
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
  const target = after("--target")?.replace(/["']/g, "");
  const folder = ownFolder.test(written.at(-1) ?? "") ? "." : words.at(-1);
  if (name === undefined || folder === undefined || folder.startsWith("-")) return [];
  // The stage of a variable, and so what starts in the image, is unknown.
  if (target?.includes("$")) return [];
  const link = linkTo(base, folder, after("-f", "--file"));
  return link ? [[plainName(name), { ...link, ...(target !== undefined && { target }) }]] : [];
}

/** How recipes and scripts write the directory in which commands run. */
const ownFolder = /^["']?(?:\$\((?:CURDIR|PWD|pwd)\)|\$?\$PWD|\$\{PWD\}|`pwd`)\/?["']?$/;

function linkTo(uri: string, folder: string, file: string | undefined): BuildLink | undefined {
  const context = resolveUri(uri, folder)?.replace(/\/$/, "");
  if (context === undefined) return undefined;
  const dockerfile = file === undefined ? resolveUri(`${context}/`, "Dockerfile") : resolveUri(uri, file);
  return dockerfile === undefined ? undefined : { dockerfile, context, args: {} };
}
