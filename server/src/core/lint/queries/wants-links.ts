import { starred } from "../../base/file-names";
import { type Glob, shellGlob } from "../../base/glob";
import { grouped } from "../../base/grouped";
import { type Budget, mostComparisons, mostRepeated, spend } from "../../base/limits";
import type { Span } from "../../base/text";
import type { Command, Image, RunInstruction, UnitAction } from "../../image/image";
import { commandsOf, ofScript, programOf } from "../../image/programs";
import type { ShellCommand } from "../../shell/reader";

/**
 * A link in a wants directory. Packages install their links under `lib`, `systemctl enable` creates them under `etc`.
 */
export interface WantsLink {
  readonly folder: "etc" | "lib";
  /** The target with its suffix: `multi-user.target`. */
  readonly target: string;
  readonly unit: string;
}

/** A command that deletes links from wants directories. */
export interface Deletion {
  readonly command: Command;
  /** The path or the command that selects the links to delete. */
  readonly span: Span;
  /** The absolute path, if the command is an `rm` of paths. */
  readonly path?: string;
  /** The only unit whose links the command can delete, if its name is written without wildcards. */
  readonly unit?: string;
  /**
   * The test `[ … == … ]` that is meant to select the links to keep, if sh does not support `==` and therefore
   * deletes all links.
   */
  readonly wrongTest?: Span;
  removes(link: WantsLink): boolean;
}

const wantsFolder = /^(\/etc|(?:\/usr)?\/lib)\/systemd\/system\/([^/]+)\.wants\/?$/;
const wantsPath = /^(.*\.wants)\/([^/]*)$/;

/**
 * The commands in the build that delete links from wants directories: `rm`, a loop in such a directory, or `find`.
 */
export function deletions(image: Image): Deletion[] {
  const runs = new Map(image.runs.map((run) => [run.index, run]));
  let workdir: string | undefined;
  return image.instructions.flatMap((instruction) => {
    if (instruction.keyword === "WORKDIR") workdir = instruction.arguments;
    const run = runs.get(instruction.index);
    return run ? deletionsOf(image, run, workdir) : [];
  });
}

const mayDelete = ofScript((script) =>
  script.some((command) => /^(find|rm|unlink)$/.test(programOf(command))),
);

function deletionsOf(image: Image, run: RunInstruction, workdir: string | undefined): Deletion[] {
  if (!mayDelete(run)) return [];
  let folder = workdir;
  return run.script.flatMap(({ words }, index): Deletion[] => {
    const program = programOf({ words });
    if (program === "cd") folder = joined(folder, words[1]);
    if (!/^(find|rm|unlink)$/.test(program)) return [];
    if (program !== "find" && ![folder, ...words].some((word) => word?.includes(".wants"))) return [];
    const [before, [command]] = [run.commandsAt(index > 0 ? [index - 1] : []), run.commandsAt([index])];
    if (!command) return [];
    return program === "find"
      ? byFind(command, run.script[index + 1])
      : byRemove(image, command, before[0], folder);
  });
}

/** A path resolved against a directory; undefined if either is unknown. */
function joined(folder: string | undefined, path: string | undefined): string | undefined {
  if (path === undefined || path.startsWith("/")) return path;
  return folder === undefined ? undefined : `${folder.replace(/\/$/, "")}/${path}`;
}

function byRemove(
  image: Image,
  command: Command,
  previous: Command | undefined,
  folder: string | undefined,
): Deletion[] {
  const recursive = command.words.some((word) => /^(-[a-z]*r|--recursive$)/i.test(word ?? ""));
  return command.words.flatMap((word, index): Deletion[] => {
    if (index === 0 || word === undefined || word.startsWith("-")) return [];
    const path = joined(folder, word) ?? word;
    const whole = recursive && wantsFolder.test(path);
    const [, parent = "", name = ""] = wantsPath.exec(whole ? `${path.replace(/\/$/, "")}/*` : path) ?? [];
    const place = wantsFolder.exec(parent);
    if (!place) return [];
    const span = command.wordSpans[index] ?? command.span;
    const looped = command.conditional && image.text.slice(span.start, span.end).includes("$");
    const condition = looped ? conditionOf(image, command, previous) : "always";
    // Nothing is reported, because it is not known which links remain.
    if (condition === "unknown") return [];
    const test = condition === "always" ? undefined : condition;
    const wrong = test?.operator === "==" && isDash(image) ? test.span : undefined;
    const goes = test && !wrong ? test.goes : () => true;
    const matches = linkPattern(place[1] ?? "", place[2] ?? "", name);
    return [
      {
        command,
        span,
        path: command.conditional ? undefined : path,
        unit: /[*?[\\]/.test(name) ? undefined : name,
        wrongTest: wrong,
        removes: (link) => goes(link.unit) && matches(link),
      },
    ];
  });
}

interface Test {
  readonly operator: string;
  readonly span: Span;
  /** Whether the loop deletes a unit's link. */
  goes(unit: string): boolean;
}

/** The condition of a deletion in a loop over links: `[ $i == name ] || rm $i`, `if [ $i != name ]; then rm $i`. */
function conditionOf(
  { text }: Image,
  command: Command,
  previous: Command | undefined,
): Test | "always" | "unknown" {
  const start = previous?.span.end ?? command.run.span.start;
  const between = text.slice(start, command.span.start);
  if (!/\|\||&&|\[\[|\b(if|then|else|elif|case|esac|continue)\b|\)/.test(between)) return "always";
  const connector = /^\s*(?:;\s*)?(\|\||&&|then)[\s\\]*$/.exec(between)?.[1];
  if (!previous || !connector || !/^(\[|test)$/.test(previous.words[0] ?? "")) return "unknown";
  const at = previous.words.findIndex((word) => /^(==|=|!=)$/.test(word ?? ""));
  const [operator, name] = previous.words.slice(at, at + 2);
  const [variable, span] = previous.wordSpans.slice(at - 1, at + 1);
  if (at < 2 || !operator || !name || !variable || !span) return "unknown";
  // The prefix in `"_$i" = _name` guards against empty names and leading dashes.
  const prefix = /^["']?([^$"']*)\$/.exec(text.slice(variable.start, variable.end))?.[1] ?? "";
  const named = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const negated = /!\s*$/.test(text.slice(0, previous.span.start));
  const others = [operator === "!=", connector === "||", negated].filter(Boolean).length % 2 === 1;
  return { operator, span, goes: (unit) => (unit === named) !== others };
}

/**
 * Returns a function that determines whether an `ln` after a deletion recreates the link of a unit, or creates a link
 * with an unknown name in such a directory.
 */
export function relinker(image: Image): (deletion: Deletion, unit: string) => boolean {
  const last = new Map<string | undefined, number>();
  const latest = (name: string | undefined) => last.get(name) ?? -1;
  for (const command of commandsOf(image, "ln")) {
    const [, ...words] = command.words;
    const isOpen = words.includes(undefined) && /^\.$|\.wants\b/.test(words.at(-1) ?? ".");
    for (const word of isOpen ? words : words.filter((word) => word !== undefined)) {
      const name = word?.slice(word.lastIndexOf("/") + 1);
      last.set(name, Math.max(latest(name), command.span.start));
    }
  }
  return ({ command }, unit) => Math.max(latest(unit), latest(undefined)) >= command.span.start;
}

/** Whether sh is dash and no SHELL sets another shell. The `[` of dash does not support `==`. */
function isDash({ base, shell }: Image): boolean {
  return base?.sh === "dash" && /^(.*\/)?(sh|dash)$/.test(shell[0] ?? "");
}

function linkPattern(folder: string, target: string, name: string): (link: WantsLink) => boolean {
  const [targets, units] = [globOf(target), globOf(name)];
  const in_ = folder === "/etc" ? "etc" : "lib";
  return (link) => link.folder === in_ && targets(link.target) && units(link.unit);
}

/** A matcher for a shell pattern. Nearly all patterns have only stars, for which matching part by part is faster. */
function globOf(pattern: string): Glob {
  return pattern.length < 256 && !/[?[\\]/.test(pattern) ? starred(pattern) : shellGlob(pattern);
}

/** The deletion by `find … -path '*.wants/*' -not -name '*journald*' -delete`, or by `find` piped to `xargs rm`. */
function byFind(command: Command, next: ShellCommand | undefined): Deletion[] {
  const words = command.words.slice(1);
  if (words.some((word) => word === undefined || word === "-o" || word === "-or")) return [];
  const known = words as readonly string[];
  const deletes =
    known.includes("-delete") ||
    known.some((word, at) => word === "rm" && /^-exec/.test(known[at - 1] ?? ""));
  const piped =
    next !== undefined &&
    programOf(next) === "rm" &&
    next.words.slice(1).every((word) => word?.startsWith("-"));
  if (!deletes && !piped) return [];
  const options = known.findIndex((word) => /^[-!(]/.test(word));
  const starts = known.slice(0, options === -1 ? known.length : options);
  const names = patterns(known, "-name");
  const paths = patterns(known, "-path", "-wholename");
  const removes = ({ folder, target, unit }: WantsLink) => {
    const candidates =
      folder === "etc" ? ["/etc/systemd/system"] : ["/lib/systemd/system", "/usr/lib/systemd/system"];
    return candidates.some((base) => {
      const path = `${base}/${target}.wants/${unit}`;
      const below = starts.some((start) => path.startsWith(`${start.replace(/\/$/, "")}/`));
      return below && accepts(names, unit) && accepts(paths, path);
    });
  };
  return [{ command, span: command.span, removes }];
}

interface Pattern {
  readonly matches: Glob;
  readonly negated: boolean;
}

function patterns(words: readonly string[], ...options: readonly string[]): Pattern[] {
  return words.flatMap((word, at) => {
    const value = words[at + 1];
    if (!options.includes(word) || value === undefined) return [];
    return [{ matches: globOf(value), negated: /^(!|-not)$/.test(words[at - 1] ?? "") }];
  });
}

function accepts(patterns: readonly Pattern[], text: string): boolean {
  return patterns.every(({ matches, negated }) => matches(text) !== negated);
}

/**
 * Returns a function that is called for each deletion in build order and returns the links that it deletes: those
 * that were created earlier and are not created again later. Each link is deleted only once.
 */
export function linkTaker(units: readonly UnitAction[]): (deletion: Deletion) => UnitAction[] {
  const last = new Map<string, number>();
  for (const { unit, span } of units) last.set(unit, Math.max(last.get(unit) ?? 0, span.start));
  const links = units.filter(
    ({ unit, verb, span }) => (verb === "enable" || verb === "add-wants") && span.start === last.get(unit),
  );
  const left = grouped(links, ({ unit }) => unit);
  const budget: Budget = { left: mostComparisons };
  return (deletion) => {
    if (!spend(budget, 1)) return [];
    const named = deletion.unit === undefined ? [...left.values()].flat() : left.get(deletion.unit);
    if (!named || !spend(budget, named.length)) return [];
    const taken = named.filter((link) => takes(deletion, link));
    for (const { unit } of taken)
      left.set(
        unit,
        (left.get(unit) ?? []).filter((link) => !taken.includes(link)),
      );
    return taken;
  };
}

/** Whether a deletion deletes the link of a unit that was enabled before it. */
function takes({ command, removes }: Deletion, { unit, target, span }: UnitAction): boolean {
  return (
    span.start < command.span.start && removes({ folder: "etc", target: target ?? usualTarget(unit), unit })
  );
}

/**
 * Returns a function that lists the deletions, from the given index on, that delete a link. If there are several, the
 * link remains only if all of them are fixed. Undefined if there are too many to compare.
 */
export function repeater(
  all: readonly Deletion[],
): (from: number, link: UnitAction) => readonly Deletion[] | undefined {
  const placed = all.map((deletion, at) => ({ deletion, at }));
  const byUnit = grouped(placed, ({ deletion: { unit } }) => unit);
  const comparisons: Budget = { left: mostComparisons };
  const repeated: Budget = { left: mostRepeated };
  return (from, link) => {
    const candidates = [...(byUnit.get(link.unit) ?? []), ...(byUnit.get(undefined) ?? [])];
    if (!spend(comparisons, candidates.length)) return undefined;
    const taking = candidates
      .filter(({ deletion, at }) => at >= from && takes(deletion, link))
      .sort((a, b) => a.at - b.at)
      .map(({ deletion }) => deletion);
    return spend(repeated, taking.length - 1) ? taking : undefined;
  };
}

/** The target that usually wants a unit of this type, for units whose [Install] section is unknown. */
function usualTarget(unit: string): string {
  const kind = /\.(socket|timer|path)$/.exec(unit)?.[1];
  return kind ? `${kind}s.target` : "multi-user.target";
}
