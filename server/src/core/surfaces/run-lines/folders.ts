import { lastSegment } from "../../base/text";
import { folderOf, resolveUri } from "../../base/uri";
import { readCommands } from "../../shell/commands";
import type { MappedText } from "../../shell/mapped-text";
import type { ShellCommand } from "../../shell/reader";
import type { Writing } from "./regions";

/** A script, and a URI in the directory in which it starts; undefined if that directory is unknown. */
export interface PlacedScript {
  readonly script: MappedText;
  readonly base: string | undefined;
}

/** A command, and URIs in the directories in which its script starts and in which it runs, if they are known. */
export interface PlacedCommand {
  readonly command: ShellCommand;
  readonly base: string | undefined;
  readonly folder: string | undefined;
}

/** The commands of the scripts in a file, and where they run. */
export function commandsOf(
  text: string,
  scripts: readonly PlacedScript[],
  writing: Writing,
): PlacedCommand[] {
  const cloned = new Set<string>();
  let isElsewhere = false;
  return scripts.flatMap(({ script, base }) => {
    // Whether readers stay in the directory that an earlier code block entered is unknown.
    const start = isElsewhere ? undefined : base;
    const steps = readCommands(script).map((command) => ({ command, base, folder: start }));
    if (!/\b(?:cd|pushd)\b/.test(script.text)) return steps;
    const follow = follower(text, start, cloned, writing);
    const placed = steps.map((step) => ({ ...step, folder: follow(step.command) }));
    isElsewhere ||= writing === "prose" && start !== undefined && follow(undefined) !== start;
    return placed;
  });
}

/** Returns a function that is called with each command in turn and returns where it runs. */
function follower(text: string, start: string | undefined, cloned: Set<string>, writing: Writing) {
  let folder = start;
  let before = start;
  let end = 0;
  /** Where a subshell entered a directory, and the directory to which its end returns. */
  let subshell: { readonly from: number; readonly outer: string | undefined } | undefined;

  return (command: ShellCommand | undefined): string | undefined => {
    const next = command?.span.start ?? text.length;
    if (subshell && text.slice(subshell.from, next).includes(")")) {
      folder = subshell.outer;
      subshell = undefined;
    }
    // Each line of a recipe is run by a separate shell.
    if (writing === "makefile" && /(?:^|[^\\\r])\r?\n/.test(text.slice(end, next))) folder = start;
    const here = folder;
    if (command) enter(command);
    return here;
  };

  function enter({ words, wordSpans, span, conditional }: ShellCommand): void {
    end = span.end;
    const [program, ...others] = words;
    if (program === "git" && others[0] === "clone") cloned.add(repositoryName(others.at(-1) ?? ""));
    if (!/^(cd|pushd|popd)$/.test(program ?? "")) return;
    const target = wordSpans.at(-1);
    const written = words.length > 1 ? (words.at(-1) ?? text.slice(target?.start, target?.end)) : undefined;
    if (/\(\s*$/.test(text.slice(Math.max(span.start - 9, 0), span.start)))
      subshell ??= { from: span.end, outer: folder };
    const left = folder;
    folder = conditional ? undefined : program === "popd" ? before : entered(written);
    before = left;
  }

  function entered(path: string | undefined): string | undefined {
    if (path === undefined || folder === undefined || start === undefined) return undefined;
    if (path === "-") return before;
    // The clone is assumed to be the directory of the file if that has the same name.
    if (cloned.has(path)) return lastSegment(folderOf(start)) === path ? folder : undefined;
    const own = ownFolder.exec(path);
    return own ? resolveUri(start, `.${own[1] ?? ""}/x`) : resolveUri(folder, `${path}/x`);
  }
}

/** How a script names its own directory, possibly followed by a path. */
const ownFolder =
  /^["']?(?:\$\(dirname (?:-- )?["']?\$(?:0|\{?BASH_SOURCE(?:\[0\])?\}?)["']?\)|\$\{(?:0|BASH_SOURCE(?:\[0\])?)%\/\*\})((?:\/[\w.-]+)*)\/?["']?$/;

/** The directory that `git clone` creates for a repository. */
function repositoryName(url: string): string {
  return lastSegment(url.replace(/\/$/, "")).replace(/\.git$/, "");
}
