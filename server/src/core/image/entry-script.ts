import { grouped } from "../base/grouped";
import { once, onceFor } from "../base/once";
import type { Redirection, ShellCommand } from "../shell/reader";
import type { CopyInstruction, Image } from "./image";
import { linkTarget } from "./init";
import { ofScript } from "./programs";

/** A script that the image starts with, and where it comes from. */
export interface EntryScript {
  readonly text: string;
  /** The path in the build context; undefined if the Dockerfile itself writes the script. */
  readonly path?: string;
}

/** Maximum number of paths in the build context that are read for one script. */
const mostCandidates = 8;

/**
 * The script at `path` in the image: copied from the build context or a heredoc, written by a RUN, or the target of a
 * link. Undefined if it comes from elsewhere; `"missing"` if the Dockerfile copies it but it cannot be read.
 */
export function entryScript(
  image: Image,
  path: string,
  readFile: (path: string) => string | undefined,
): EntryScript | "missing" | undefined {
  const { sources, written, linked } = placesOf(image)(path);
  for (const source of sources.slice(0, mostCandidates)) {
    if (source.text !== undefined) return { text: source.text };
    const text = readFile(source.path);
    if (text !== undefined) return { text, path: source.path };
  }
  const text = written();
  if (text !== undefined) return { text };
  if (sources.some(({ exact }) => exact)) return "missing";
  const target = linked();
  return target?.startsWith("/") && linkTarget(image, target) === undefined
    ? entryScript(image, target, readFile)
    : undefined;
}

/** The possible sources of the script at a path, computed once for each path of an image. */
const placesOf = onceFor((image: Image) => {
  const copiesFor = copiesByName(image);
  const known = new Map<string, Places>();
  return (path: string) => {
    const before = known.get(path);
    if (before) return before;
    const sources = copiesFor(path)
      .flatMap((copy) => sourcesOf(copy, path))
      .sort((a, b) => Number(b.exact) - Number(a.exact));
    const places = {
      sources,
      written: once(() => writtenScript(image, path)),
      linked: once(() => linkTarget(image, path)),
    };
    known.set(path, places);
    return places;
  };
});

/**
 * The copies that could contain a path according to `sourcesOf`, last first: those that name such a file, and those
 * of directories. An image has many copies, and its commands name many programs, so the index avoids comparing most
 * pairs.
 */
function copiesByName({ copies }: Image): (path: string) => CopyInstruction[] {
  const last = copies.filter(({ fromStage }) => fromStage === undefined).toReversed();
  const names = last.flatMap(({ sources, destination, heredocs }, at) =>
    [...sources, destination, ...heredocs.map(({ name }) => name)].map((path) => ({
      name: baseName(path),
      at,
    })),
  );
  const named = grouped(names, ({ name }) => name);
  const trees = last.map(({ sources, destination }, at) => ({
    at,
    folder: destination.replace(/\/?$/, "/"),
    isPattern: sources.some((source) => /[*?]/.test(source)),
  }));
  const inPath = trees.filter(({ folder }) => searched.test(folder));
  return (path) => {
    const isBelow = ({ folder, isPattern }: (typeof trees)[number]) => isPattern || path.startsWith(folder);
    const directories = path.includes("/") ? trees.filter(isBelow) : inPath;
    const found = new Set([...(named.get(baseName(path)) ?? []), ...directories].map(({ at }) => at));
    return [...found].sort((a, b) => a - b).flatMap((at) => last[at] ?? []);
  };
}

interface Places {
  readonly sources: readonly Source[];
  written(): string | undefined;
  linked(): string | undefined;
}

interface Source {
  readonly path: string;
  readonly text?: string;
  /** Whether the instruction names this file, rather than a directory that may contain it. */
  readonly exact: boolean;
}

function sourcesOf({ sources, destination, fromStage, heredocs }: CopyInstruction, path: string): Source[] {
  if (fromStage !== undefined) return [];
  const name = baseName(path);
  const places = (source: string) => destination === path || joins(destination, baseName(source), path);
  const inline = heredocs.filter((heredoc) => places(heredoc.name));
  if (inline.length > 0)
    return inline.map((heredoc) => ({ path: heredoc.name, text: heredoc.body, exact: true }));
  return sources.flatMap((source): Source[] => {
    if (/:\/\//.test(source)) return [];
    if (places(source)) return [{ path: source, exact: true }];
    // `COPY *.sh /usr/bin/` and `COPY rootfs /` may include the file.
    const folder = destination.replace(/\/?$/, "/");
    if (!path.includes("/") && !searched.test(folder)) return [];
    const rest = path.startsWith(folder) ? path.slice(folder.length) : name;
    if (/[*?]/.test(source))
      return [{ path: source.slice(0, source.lastIndexOf("/") + 1) + name, exact: false }];
    return path.startsWith(folder) || !path.includes("/")
      ? [{ path: `${source.replace(/\/?$/, "/")}${rest}`, exact: false }]
      : [];
  });
}

/** Matches the directories of PATH, and those to which a tree that contains such directories may be copied. */
const searched = /^(\.?\/(usr\/(local\/)?)?(s?bin\/)?|[^/].*)$/;

/**
 * Whether a file with this name, copied to `destination`, ends up at `path`. A path without a slash is looked up in
 * PATH.
 */
function joins(destination: string, name: string, path: string): boolean {
  if (name !== baseName(path) && baseName(destination) !== baseName(path)) return false;
  if (!path.includes("/")) return true;
  if (path.startsWith("./")) return true;
  const relative = !destination.startsWith("/");
  return relative ? name === baseName(path) : destination.replace(/\/?$/, "/") + name === path;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The content that `cat <<EOF > path`, `echo … > path` or `printf … > path` writes. */
function writtenScript({ runs }: Image, path: string): string | undefined {
  let text: string | undefined;
  for (const { words, redirections } of (runsByTarget(runs).get(path) ?? []).flatMap(
    ({ script }) => script,
  )) {
    const output = redirections.find(isOutput);
    if (targetOf({ words, redirections }) !== path) continue;
    const heredoc = redirections.find(
      ({ operator, body }) => operator.startsWith("<<") && body !== undefined,
    )?.body;
    const echoed = /^(echo|printf)$/.test(words[0] ?? "")
      ? words
          .slice(1)
          .join(" ")
          .replace(/^-\w+ /, "")
          .replaceAll("\\n", "\n") + "\n"
      : undefined;
    const written = heredoc ?? echoed;
    if (written === undefined) continue;
    text = output?.operator === ">>" ? (text ?? "") + written : written;
  }
  return text;
}

const targetsOf = ofScript((script) => [...new Set(script.flatMap((command) => targetOf(command) ?? []))]);

/** For each file, the steps that write to it. */
const runsByTarget = onceFor((runs: Image["runs"]) => {
  const writers = runs.flatMap((run) => targetsOf(run).map((target) => ({ target, run })));
  return new Map(
    Array.from(
      grouped(writers, ({ target }) => target),
      ([target, of]) => [target, of.map(({ run }) => run)],
    ),
  );
});

/** The file to which a command writes; undefined if it writes none, or one whose path is unknown. */
function targetOf({ words, redirections }: Pick<ShellCommand, "words" | "redirections">): string | undefined {
  if (words[0] === "tee") return words.findLast((word) => !word?.startsWith("-"));
  return redirections.find(isOutput)?.target;
}

function isOutput({ operator }: Redirection): boolean {
  return operator === ">" || operator === ">>";
}
