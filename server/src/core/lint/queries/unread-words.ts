import type { Span } from "../../base/text";
import { entryScript } from "../../image/entry-script";
import type { Image, Program } from "../../image/image";
import { isSystemdPath } from "../../image/init";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import { readCommands } from "../../shell/commands";
import { isShell, scriptArgument } from "../../shell/interpreter";
import { plainText } from "../../shell/mapped-text";
import { readArguments } from "../../systemd/kernel-words";

/** Arguments that init receives but never runs. */
export interface Unread {
  readonly kind: "program" | "option" | "query" | "shell";
  /** The init that is started. */
  readonly init: string;
  /** The words from the first one that systemd ignores. */
  readonly words: readonly string[];
  /** The number of words in the list before the ignored ones. */
  readonly before: number;
}

/** The part of `words` that systemd, or the shell that starts it, ignores. `argv` precedes them. */
export function unreadBehind(argv: readonly string[], words: readonly string[]): Unread | undefined {
  const [init = "", ...own] = argv;
  if (isShell(init)) {
    const script = scriptIn(argv);
    const last = script === undefined ? undefined : readCommands(plainText(script)).at(-1);
    const starts = last?.exec && isSystemdPath(last.words[0]) && !/\$[@*\d{]/.test(script ?? "");
    return starts && words.length > 0 ? { kind: "shell", init: "a shell", words, before: 0 } : undefined;
  }
  if (!isSystemdPath(init)) return undefined;
  // systemd ignores a path of init as well, but what it asks for happens anyway.
  if (isSystemdPath(words[0])) {
    const rest = unreadBehind(argv, words.slice(1));
    return rest && { ...rest, before: rest.before + 1 };
  }
  const { query, unread } = readArguments([...own, ...words]);
  const at = query ?? unread?.index;
  if (at === undefined || at < own.length) return undefined;
  const before = at - own.length;
  const kind = query === undefined && unread ? unread.kind : "query";
  return { kind, init, words: words.slice(before, kind === "program" ? undefined : before + 1), before };
}

function scriptIn(argv: readonly string[]): string | undefined {
  const at = scriptArgument(argv);
  return at !== undefined && argv.length === at + 1 ? argv[at] : undefined;
}

/**
 * ENTRYPOINT and the words after it, as set by the Dockerfile, by a Dockerfile of its base image, or by the table of
 * base images.
 */
export function argvOf(
  subject: ImageSubject,
): { readonly argv: readonly string[]; readonly cmd: Program } | undefined {
  const { image, readFile } = subject;
  const { cmd } = image;
  if (!cmd) return undefined;
  const argv = entrypointWords(image) ?? entrypointBelow(subject);
  const [init] = argv ?? [];
  if (!argv || !init || entryScript(image, init, readFile) !== undefined) return undefined;
  return { argv, cmd };
}

function entrypointBelow({ image, below }: ImageSubject): readonly string[] | undefined {
  if (image.entrypoint) return undefined;
  const under = below();
  const words = under && entrypointWords(under);
  return words && entryScript(under, words[0] ?? "", () => undefined) === undefined ? words : undefined;
}

/** The words of ENTRYPOINT in exec form, or the ENTRYPOINT of a base image in the table. */
export function entrypointWords({ entrypoint, base }: Image): readonly string[] | undefined {
  if (!entrypoint) return base?.entrypoint;
  return entrypoint.form === "exec" ? entrypoint.words.map(({ value }) => value) : undefined;
}

/** The words of CMD as PID 1 receives them; for the shell form, a shell with its script. */
export function cmdWords({ form, words, shell, script = "" }: Program): readonly string[] {
  return form === "exec" ? words.map(({ value }) => value) : [...shell, script];
}

/** The span of the words in a CMD from the given index on. */
export function placeIn({ form, words, span }: Program, before: number): Span {
  const first = words[before];
  const last = words.at(-1);
  return form === "exec" && first && last ? { start: first.span.start, end: last.span.end } : span;
}

/** Whether a unit or generator of the image reads the command line of PID 1. */
export function readsCommandLine(subject: Pick<ImageSubject, "image" | "readFile">): boolean {
  const reads = (text: string | undefined) =>
    /ConditionKernelCommandLine|\/proc\/(1\/)?cmdline/.test(text ?? "");
  return reads(subject.image.text) || writtenFiles(subject).some(({ text }) => reads(text));
}

/** Words in the form that a message shows, shortened if they are long. */
export function shown(words: readonly string[]): string {
  const text = words.join(" ");
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
