import { type Glob, ignoreGlob } from "../../../../server/src/core/base/glob";

/** Which paths of a build context the patterns of an ignore file leave out. */
export interface Ignore {
  /** Whether a path is left out. The path is relative and contains only forward slashes. */
  ignores(path: string): boolean;
  /** Whether an ignored directory can be skipped because no pattern re-includes anything below it. */
  prunes(folder: string): boolean;
}

interface Pattern {
  readonly negative: boolean;
  readonly words: readonly string[];
  readonly matches: Glob;
}

/**
 * Reads a .dockerignore. The last pattern that matches a path or one of its parent directories decides, as in moby's
 * patternmatcher. A backslash is a separator on Windows and an escape character elsewhere. If an engine would reject
 * a pattern, throws an error with the pattern as its message. `@balena/dockerignore` turns each pattern into a
 * regular expression whose run time grows tenfold with each `*`: with seven of them, one path of 60 characters takes
 * 5 s. It also cannot report which directories need not be read. A test compares the paths that both ignore.
 */
export function readIgnore(text: string, windows: boolean): Ignore {
  const patterns = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => !line.startsWith("#"))
    .flatMap((line) => readPattern(line.trim(), windows) ?? []);
  const returning = patterns.filter(({ negative }) => negative);
  return {
    ignores: (path) => patterns.findLast(({ matches }) => matches(path))?.negative === false,
    prunes: (folder) => !returning.some(({ words }) => mayMatchBelow(words, folder.split("/"))),
  };
}

function readPattern(line: string, windows: boolean): Pattern | undefined {
  const negative = line.startsWith("!");
  const written = negative ? line.slice(1).trim() : line;
  if (written === "") return undefined;
  const words = clean(windows ? written.replaceAll("\\", "/") : written);
  if (words.length === 0) return undefined;
  try {
    return { negative, words, matches: ignoreGlob(words.join("/"), !windows) };
  } catch {
    throw new Error(line);
  }
}

/** The segments of a path without empty ones and `.`; each `..` removes the segment before it. */
function clean(path: string): string[] {
  const words: string[] = [];
  for (const word of path.split("/")) {
    if (word === "..") words.pop();
    else if (word !== "" && word !== ".") words.push(word);
  }
  return words;
}

/** Whether a pattern may match something below a directory. Segments with wildcards may match any name. */
function mayMatchBelow(words: readonly string[], folder: readonly string[]): boolean {
  for (const [index, name] of folder.entries()) {
    const word = words[index];
    if (word === undefined || word.includes("**")) return true;
    if (!/[*?[\\]/.test(word) && word !== name) return false;
  }
  return true;
}
