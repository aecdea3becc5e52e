import type { Command, Image } from "../image/image";
import type { Span } from "../text";
import { programOf } from "./build-steps";

/** A link in a wants directory: packages put theirs below `lib`, `systemctl enable` below `etc`. */
interface WantsLink {
  readonly folder: "etc" | "lib";
  /** With its suffix: `multi-user.target`. */
  readonly target: string;
  readonly unit: string;
}

/** A command that deletes links from wants directories. */
export interface Deletion {
  readonly command: Command;
  /** The path or the command that says what goes. */
  readonly span: Span;
  /** The path as written, when the command is an `rm` of paths. */
  readonly path?: string;
  /** `[ … == … ]` that decides what stays, where sh does not know `==` and so everything goes. */
  readonly wrongTest?: Span;
  removes(link: WantsLink): boolean;
}

const wantsFolder = /^(\/etc|(?:\/usr)?\/lib)\/systemd\/system\/([^/]+)\.wants\/?$/;
const wantsPath = /^(.*\.wants)\/([^/]*)$/;

/** What the build deletes from wants directories: by `rm`, by a loop in such a directory, by `find`. */
export function deletions(image: Image): Deletion[] {
  return image.runs.flatMap(({ commands }) => {
    let folder: string | undefined;
    return commands.flatMap((command, index): Deletion[] => {
      const program = programOf(command);
      if (program === "cd") folder = command.words[1];
      if (program === "find") return byFind(command, commands[index + 1]);
      if (program !== "rm" && program !== "unlink") return [];
      const inFolder = folder !== undefined && wantsFolder.test(folder) ? folder : undefined;
      return byRemove(image, command, commands[index - 1], inFolder);
    });
  });
}

function byRemove(
  image: Image,
  command: Command,
  previous: Command | undefined,
  folder: string | undefined,
): Deletion[] {
  return command.words.flatMap((word, index): Deletion[] => {
    if (index === 0 || word === undefined || word.startsWith("-")) return [];
    const relative = folder !== undefined && !word.includes("/");
    const path = relative ? `${folder.replace(/\/$/, "")}/${word}` : word;
    const [, parent = "", name = ""] = wantsPath.exec(path) ?? [];
    const place = wantsFolder.exec(parent);
    if (!place) return [];
    const test = command.conditional ? readTest(previous) : undefined;
    const wrong = test?.operator === "==" && isDash(image) ? test.span : undefined;
    const kept = wrong ? undefined : test?.kept;
    const span = command.wordSpans[index] ?? command.span;
    const matches = linkPattern(place[1] ?? "", place[2] ?? "", name);
    return [
      {
        command,
        span,
        path: relative || command.conditional ? undefined : word,
        wrongTest: wrong,
        removes: (link) => link.unit !== kept && matches(link),
      },
    ];
  });
}

/** `[ $i == name ] || rm $i`, `[ $i != name ] && rm $i`: what stays. */
function readTest(command: Command | undefined): { operator: string; kept: string; span: Span } | undefined {
  if (!command || !/^(\[|test)$/.test(command.words[0] ?? "")) return undefined;
  const at = command.words.findIndex((word) => /^(==|=|!=)$/.test(word ?? ""));
  const [operator, kept, span] = [command.words[at], command.words[at + 1], command.wordSpans[at]];
  return operator && kept && span ? { operator, kept, span } : undefined;
}

/** sh is dash, and no SHELL says otherwise: its `[` does not know `==`. */
function isDash({ base, shell }: Image): boolean {
  return base?.sh === "dash" && /^(.*\/)?(sh|dash)$/.test(shell[0] ?? "");
}

function linkPattern(folder: string, target: string, name: string): (link: WantsLink) => boolean {
  const [targets, units] = [glob(target), glob(name)];
  const in_ = folder === "/etc" ? "etc" : "lib";
  return (link) => link.folder === in_ && targets.test(link.target) && units.test(link.unit);
}

/** `find … -path '*.wants/*' -not -name '*journald*' -delete`, or handed to `xargs rm`. */
function byFind(command: Command, next: Command | undefined): Deletion[] {
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
  readonly pattern: RegExp;
  readonly negated: boolean;
}

function patterns(words: readonly string[], ...options: readonly string[]): Pattern[] {
  return words.flatMap((word, at) => {
    const value = words[at + 1];
    if (!options.includes(word) || value === undefined) return [];
    return [{ pattern: glob(value), negated: /^(!|-not)$/.test(words[at - 1] ?? "") }];
  });
}

function accepts(patterns: readonly Pattern[], text: string): boolean {
  return patterns.every(({ pattern, negated }) => pattern.test(text) !== negated);
}

function glob(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`);
}
