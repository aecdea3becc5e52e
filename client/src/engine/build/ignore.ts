import { type Glob, ignoreGlob } from "../../../../server/src/core/base/glob";

/** Which paths of a build context stay behind, by the patterns of an ignore file. */
export interface Ignore {
  /** Whether a path, relative and with slashes, is left out. */
  ignores(path: string): boolean;
  /** Whether nothing below a directory that is left out can be taken in again. */
  prunes(folder: string): boolean;
}

interface Pattern {
  readonly negative: boolean;
  readonly words: readonly string[];
  readonly matches: Glob;
}

/**
 * Reads a .dockerignore: the last pattern that matches a path or a directory above it decides, as in moby's
 * patternmatcher. On Windows a backslash separates, elsewhere it escapes. Throws an error whose message is the
 * pattern, where an engine would refuse it too. `@balena/dockerignore` makes a regular expression of each pattern,
 * whose time grows by ten with each `*`: seven take 5 s for one path of 60 characters. Nor can it tell which directories
 * need not be read. A test compares what both ignore.
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

/** The segments of a path without empty ones and dots; `..` takes back what is before it. */
function clean(path: string): string[] {
  const words: string[] = [];
  for (const word of path.split("/")) {
    if (word === "..") words.pop();
    else if (word !== "" && word !== ".") words.push(word);
  }
  return words;
}

/** Whether a pattern may match something below a directory: segments with wildcards may be anything. */
function mayMatchBelow(words: readonly string[], folder: readonly string[]): boolean {
  for (const [index, name] of folder.entries()) {
    const word = words[index];
    if (word === undefined || word.includes("**")) return true;
    if (!/[*?[\\]/.test(word) && word !== name) return false;
  }
  return true;
}
