import type { Span } from "../../base/text";
import { entryScript } from "../../image/entry-script";
import type { Image, Program } from "../../image/image";
import { isInitPath } from "../../image/init";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import { readCommands } from "../../shell/commands";
import { isShell, scriptArgument } from "../../shell/interpreter";
import { plainText } from "../../shell/mapped-text";
import { readArguments } from "../../systemd/kernel-words";

/** Words behind an init that never runs them. */
export interface Unread {
  readonly kind: "program" | "option" | "query" | "shell";
  /** What is started instead. */
  readonly init: string;
  /** The words, the first that means nothing to systemd in front. */
  readonly words: readonly string[];
  /** How many of the list that was judged stand before them. */
  readonly before: number;
}

/** systemd by the path where distributions have it: what stands below /usr/local is often a script. */
function isSystemd(path: string | undefined): path is string {
  return isInitPath(path) && !/\/local\//.test(path ?? "");
}

/** What of `words` systemd, or the shell that starts it, does not read. `argv` comes before them. */
export function unreadBehind(argv: readonly string[], words: readonly string[]): Unread | undefined {
  const [init = "", ...own] = argv;
  if (isShell(init)) {
    const script = scriptIn(argv);
    const last = script === undefined ? undefined : readCommands(plainText(script)).at(-1);
    const starts = last?.exec && isSystemd(last.words[0]) && !/\$[@*\d{]/.test(script ?? "");
    return starts && words.length > 0 ? { kind: "shell", init: "a shell", words, before: 0 } : undefined;
  }
  if (!isSystemd(init)) return undefined;
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

/** ENTRYPOINT and the words behind it, as an image of a Dockerfile, of another below it or of the table says them. */
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

/** The ENTRYPOINT in exec form; that of a base image that the table knows. */
export function entrypointWords({ entrypoint, base }: Image): readonly string[] | undefined {
  if (!entrypoint) return base?.entrypoint;
  return entrypoint.form === "exec" ? entrypoint.words.map(({ value }) => value) : undefined;
}

/** The words of CMD as PID 1 gets them: in shell form a shell with its script. */
export function cmdWords({ form, words, shell, script = "" }: Program): readonly string[] {
  return form === "exec" ? words.map(({ value }) => value) : [...shell, script];
}

/** Where words of a CMD stand. */
export function placeIn({ form, words, span }: Program, before: number): Span {
  const first = words[before];
  const last = words.at(-1);
  return form === "exec" && first && last ? { start: first.span.start, end: last.span.end } : span;
}

/** A unit or generator of the image reads the words of PID 1 itself. */
export function readsCommandLine(subject: Pick<ImageSubject, "image" | "readFile">): boolean {
  const reads = (text: string | undefined) =>
    /ConditionKernelCommandLine|\/proc\/(1\/)?cmdline/.test(text ?? "");
  return reads(subject.image.text) || writtenFiles(subject).some(({ text }) => reads(text));
}

/** Words as a message shows them: the first ones. */
export function shown(words: readonly string[]): string {
  const text = words.join(" ");
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
