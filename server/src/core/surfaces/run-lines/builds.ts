import { lastSegment } from "../../base/text";
import { folderOf, resolveUri } from "../../base/uri";
import type { BuildLink } from "../../container/source";
import { baseImage } from "../../image/base-images";
import { optionNames, verbAt } from "./command";
import type { PlacedCommand } from "./folders";
import { unknown } from "./regions";

/** The build of an image; "unclear" if it is not certain which build, or what it builds. */
export type Built = BuildLink | "unclear";

/** The builds that commands in a file show. */
export interface ShownBuilds {
  /** Whether any of them names its image. */
  readonly isNamed: boolean;
  /** The build of the image with this name; undefined if none is shown. */
  of(image: string): Built | undefined;
}

/** Finds the builds of images by their names and tags. An image that different builds name is unclear. */
export function buildsIn(text: string, commands: readonly PlacedCommand[]): ShownBuilds {
  const built = new Map<string, Built>();
  const repositories = new Set<string>();
  for (const { names, build } of commands.flatMap((each) => buildOf(text, each) ?? []))
    for (const name of names) {
      const key = imageKey(name);
      const before = built.get(key);
      built.set(key, before && !isSame(before, build) ? "unclear" : build);
      repositories.add(repositoryOf(key));
    }
  return {
    isNamed: built.size > 0,
    of: (image) => {
      const key = imageKey(image);
      // Another tag can be built from anything.
      return built.get(key) ?? (repositories.has(repositoryOf(key)) ? "unclear" : undefined);
    },
  };
}

/** Whether two builds read the same stage of the same Dockerfile. Their arguments may differ. */
function isSame(a: Built, b: Built): boolean {
  const stage = (build: Built) => JSON.stringify(build === "unclear" ? build : { ...build, args: {} });
  return stage(a) === stage(b);
}

/** The Dockerfile in the directory of a command, if the directory is named like the image and no official one is. */
export function buildBeside(image: string, base: string | undefined): BuildLink | undefined {
  if (base === undefined || !isNamedLikeFolder(image, base)) return undefined;
  const isOfficial = !repositoryOf(imageKey(image)).includes("/") && baseImage(image) !== undefined;
  return isOfficial ? undefined : linkTo(base, { folder: "." });
}

/** Whether an image has the name of the directory of a file. A tag other than a version can mean another Dockerfile. */
export function isNamedLikeFolder(image: string, uri: string): boolean {
  const own = decodeURIComponent(lastSegment(folderOf(uri)));
  const [name, tag = ""] = lastSegment(imageKey(image)).split(":");
  return own !== "" && name === own && /^(latest|v?\d+\.\d+\.\d+)$/.test(tag);
}

/** The name of an image without tag and digest. */
function repositoryOf(image: string): string {
  const last = lastSegment(image);
  return image.slice(0, image.length - last.length + last.search(/[:@]|$/));
}

/** The name of an image as written, without quotes and tag. */
export function plainName(image: string): string {
  return image.replace(/["']/g, "").replace(/:[\w.-]+$/, "");
}

/** A name of an image that is equal for all spellings of the name. */
export function imageKey(image: string): string {
  const name = image
    .replace(/["']/g, "")
    .replace(/\$[{(](\w+)[})]/g, "$$$1")
    .replace(/^(?:docker\.io\/(?:library\/)?|localhost\/)/, "");
  return /[:@]/.test(lastSegment(name)) ? name : `${name}:latest`;
}

/** Flags of the build commands that have no value. */
const switches =
  /^-[qD]$|^--(?:all-platforms|check|compress|debug|disable-compression|force-rm|identity-label|layers|load|no-cache|no-hostname|no-hosts|omit-history|pull|pull-always|pull-never|push|quiet|rm|skip-unused-stages|squash|squash-all|stdin|tls-verify)$/;

/** The names that a command gives to the image that it builds, and the build. */
function buildOf(
  text: string,
  placed: PlacedCommand,
): { readonly names: readonly string[]; readonly build: Built } | undefined {
  const words = wordsOf(text, placed);
  const program = lastSegment(words[0] ?? "");
  const first = verbAt(words, /^(build|bud)$/, /^(buildx|builder|image)$/);
  if (!/^(docker|podman|nerdctl|buildah)$/.test(program) || first === undefined) return undefined;
  const { valuesOf, operands } = parsed(words.slice(first + 1));
  const names = valuesOf("-t", "--tag").filter((name) => !/\$[{(]?[\d@*#]/.test(name));
  const [folder = /^(podman|buildah)$/.test(program) ? "." : undefined, ...more] = operands;
  const target = valuesOf("--target").at(-1);
  const { folder: base } = placed;
  // The stage of a variable, and so what starts in the image, is unknown.
  if (base === undefined || folder === undefined || more.length > 0 || target?.includes("$"))
    return { names, build: "unclear" };
  const file = valuesOf("-f", "--file").at(-1);
  const args = valuesOf("--build-arg").map((arg) => {
    const [, name = arg, value] = /^([^=]*)=(.*)$/s.exec(arg) ?? [];
    return [name, value?.includes("$") ? undefined : value] as const;
  });
  const link = linkTo(base, { folder: currentFolder.test(folder) ? "." : folder, file });
  const build = link && { ...link, args: Object.fromEntries(args), ...(target !== undefined && { target }) };
  return { names, build: build ?? "unclear" };
}

/** The words of a command, those that are unknown as written. A word that a loop repeats is unknown. */
function wordsOf(text: string, { command: { words, wordSpans } }: PlacedCommand): string[] {
  return wordSpans.flatMap(({ start, end }, at) => {
    const written = text.slice(start, end).replace(/^(["'])(.*)\1$/s, "$2");
    const isRepeated = [wordSpans[at - 1], wordSpans[at + 1]].some(
      (other) => other?.start === start && other.end === end,
    );
    const isOfLoop = isRepeated && written.includes("$") && !/\s/.test(written);
    if (isOfLoop && wordSpans[at - 1]?.start === start) return [];
    const word = isOfLoop ? undefined : words[at];
    return word === undefined || word.includes(unknown) ? written : word;
  });
}

/** Separates the flags of a build from its operands. */
function parsed(words: readonly string[]) {
  const flags: (readonly [name: string, value: string])[] = [];
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const [, name, value = ""] = /^(--[^=]+|-[tf])=?(.+)?$/s.exec(word) ?? [];
    // A variable with such a name contains more flags, normally arguments of the build.
    if (word.startsWith("$") && optionNames.test(word)) continue;
    if (!/^-./.test(word)) operands.push(word);
    else if (name !== undefined && name !== word) flags.push([name, value]);
    else if (!switches.test(word)) flags.push([word, words[++at] ?? ""]);
  }
  const valuesOf = (...names: string[]) =>
    flags.flatMap(([name, value]) => (names.includes(name) ? [value] : []));
  return { valuesOf, operands };
}

/** How recipes and scripts write the directory in which commands run. */
const currentFolder = /^(?:\$\((?:CURDIR|PWD|pwd)\)|\$?\$PWD|\$\{PWD\}|`pwd`)\/?$/;

/** The link to a Dockerfile by its path or, without one, to that of a directory; both are relative to `uri`. */
function linkTo(uri: string, { folder, file }: { folder: string; file?: string }): BuildLink | undefined {
  const context = folder === "-" ? undefined : resolveUri(uri, folder)?.replace(/\/$/, "");
  if (context === undefined) return undefined;
  const dockerfile = file === undefined ? resolveUri(`${context}/`, "Dockerfile") : resolveUri(uri, file);
  return dockerfile === undefined ? undefined : { dockerfile, context, args: {} };
}
