import { lastSegment, type Span } from "../../base/text";
import { readFlag } from "../../container/flags";
import { bareSpec, type ContainerSpec } from "../../container/spec";
import { type BaseImage, bootsWith } from "../../image/base-image";
import { baseImage } from "../../image/base-images";
import { isInitPath } from "../../image/init";
import type { ShellCommand } from "../../shell/reader";
import { type FlagWords, readFlagsBehind, readFlagWords } from "../flag-words";
import { unknown } from "./regions";

/** A command that starts a container. */
export interface RunCommand {
  readonly engine: "docker" | "podman" | undefined;
  /** The name of the image if it is known, or else the word as written. */
  readonly reference: string;
  /** Flags after the image are treated as if they came before it. */
  readonly spec: ContainerSpec;
  readonly flags: FlagWords;
  /** The flags that come after the image, and the spec without them. */
  readonly behind?: { readonly flags: FlagWords["flags"]; readonly without: ContainerSpec };
  /** The index of the first word of the container's command. */
  readonly program: number;
  /** The words after `run`, with their spans. Unknown words contain the marker `unknown`. */
  readonly words: readonly string[];
  readonly spans: readonly Span[];
  /** The offset at which `run` ends. */
  readonly verbEnd: number;
  /** The command contains unknown options. */
  readonly incomplete: boolean;
  /** The image is a variable whose name is rather that of options. */
  readonly doubtful?: boolean;
  /** The container's command names no init, so it is of interest only as the arguments of an ENTRYPOINT. */
  readonly needsEntrypoint?: boolean;
}

const engines: Readonly<Record<string, RunCommand["engine"]>> = {
  docker: "docker",
  podman: "podman",
  nerdctl: undefined,
};

/** Global flags of these programs that take a value. */
const globals = /^(-H|--host|-c|--context|--config|-l|--log-level|--connection|--url|-n|--namespace|--root)$/;

/** Names of variables that contain options rather than an image. */
export const optionNames = /opt|arg|flag|param|extra|vol|port|env|mount|net/i;

/**
 * The container that a command starts; undefined if it starts none, or if it starts a custom program in the
 * container. The words after an image that `isBuilt` may be the arguments of its ENTRYPOINT.
 */
export function runCommand(
  { words, wordSpans }: ShellCommand,
  text: string,
  isBuilt: (image: string) => boolean = () => false,
): RunCommand | undefined {
  const program = lastSegment(words[0] ?? "");
  if (!Object.hasOwn(engines, program)) return undefined;
  const verb = verbAt(words, /^(run|create)$/, /^container$/);
  if (verb === undefined) return undefined;
  const { spans, given } = wordsBehind(text, words, wordSpans, verb + 1);
  const all = readFlagWords(given);
  const doubtful = endsInVariable(all, given.length);
  const before = doubtful ? { flags: all.flags.slice(0, -1), end: all.end - 1 } : all;
  const image = given[before.end];
  if (image === undefined) return undefined;
  // An unknown word may be an option, and the next word may be its value or the image.
  const isCertain = !image.includes(unknown);
  const base = isCertain ? baseImage(image) : undefined;
  const behind =
    isCertain && !base?.subcommands
      ? readFlagsBehind(given, before.end + 1)
      : { flags: [], end: before.end + 1 };
  const command = given.slice(behind.end);
  const at = spans[before.end];
  const reference = isCertain ? image : text.slice(at?.start, at?.end);
  const needsEntrypoint = !isLeft(command) && !takes(base, command);
  if (needsEntrypoint && (command[0]?.includes(unknown) || !isBuilt(reference))) return undefined;
  const end = command.findIndex((word) => word.includes(unknown));
  const named = end === -1 ? command : command.slice(0, end);
  const started = {
    ...bareSpec,
    ...(isCertain && { image }),
    ...(named.length > 0 && { command: { words: named } }),
  };
  const without = withFlags(started, known(before.flags));
  return {
    engine: engines[program],
    reference,
    spec: withFlags(without, known(behind.flags)),
    flags: { flags: [...known(before.flags), ...known(behind.flags)], end: before.end },
    ...(behind.flags.length > 0 && { behind: { flags: behind.flags, without } }),
    program: behind.end,
    words: given,
    spans,
    verbEnd: wordSpans[verb]?.end ?? 0,
    incomplete: doubtful || [...before.flags, ...behind.flags].some((flag) => hides(flag, text, spans)),
    ...(doubtful && { doubtful }),
    ...(needsEntrypoint && { needsEntrypoint }),
  };
}

/** Whether the ENTRYPOINT of a known image takes a command as its arguments and starts init. */
function takes(base: BaseImage | undefined, [first = ""]: readonly string[]): boolean {
  return Boolean(base?.bootsSystemd && base.entrypoint && !first.includes(unknown) && bootsWith(base, first));
}

/** Whether no image follows the options, and the last of them is a variable, which may then be the image. */
function endsInVariable({ flags, end }: FlagWords, count: number): boolean {
  return end === count && flags.at(-1)?.name === `--${unknown}`;
}

/** The flags whose names and values are known. */
function known(flags: FlagWords["flags"]): FlagWords["flags"] {
  return flags.filter(({ name, value = "" }) => !`${name}${value}`.includes(unknown));
}

function withFlags(spec: ContainerSpec, flags: FlagWords["flags"]): ContainerSpec {
  return flags.reduce((spec, { name, value }) => readFlag(spec, name, value), spec);
}

/** The index of one of the `verbs`, which may follow global flags and one of the `groups` of commands. */
export function verbAt(words: ShellCommand["words"], verbs: RegExp, groups: RegExp): number | undefined {
  let at = 1;
  while (words[at]?.startsWith("-")) at += globals.test(words[at] ?? "") ? 2 : 1;
  if (groups.test(words[at] ?? "")) at++;
  return verbs.test(words[at] ?? "") ? at : undefined;
}

/** The words from `first` on. A word that becomes several, as in a loop, is unknown unless it contains options. */
function wordsBehind(text: string, words: ShellCommand["words"], all: readonly Span[], first: number) {
  const given: string[] = [];
  const spans: Span[] = [];
  for (const [at, span] of [...all.entries()].slice(first)) {
    const isSame = span.start === spans.at(-1)?.start && span.end === spans.at(-1)?.end;
    const written = text.slice(span.start, span.end);
    // The words of a quoted script may also have the same span.
    if (isSame && /^"?[\w./:${}-]+"?$/.test(written) && !optionNames.test(written)) {
      given[given.length - 1] = unknown;
      continue;
    }
    const word = words[at] ?? unknown;
    given.push(word === unknown ? unknownWord(text, span) : word);
    spans.push(span);
  }
  return { given, spans };
}

/** An unknown word, which is treated as options if its variable has such a name. */
function unknownWord(text: string, span: Span | undefined): string {
  // `${{ env.NAME }}` of GitHub is also a variable.
  const written = text.slice(span?.start, span?.end).replace(/\benv\./, "");
  if (written.startsWith("-")) return `${written.replace(/[=$"'`].*/s, "")}=${unknown}`;
  return optionNames.test(written) ? `--${unknown}=` : unknown;
}

/** Whether an unknown flag may set what systemd needs. */
function hides({ name, value = "", to }: FlagWords["flags"][number], text: string, spans: readonly Span[]) {
  if (name.includes(unknown)) return true;
  if (!value.includes(unknown)) return false;
  const span = spans[to - 1];
  const written = text.slice(span?.start, span?.end);
  // The path of a bind mount in the container is usually written out.
  if (/^(-v|--volume|--mount)$/.test(name)) return !/:\/|target=\/|dst=\//.test(written);
  return /^--(tmpfs|security-opt|cgroupns|privileged|cap-add|systemd|user|stop-signal)$/.test(name);
}

/** Whether the program is that of the image, possibly with options of systemd, or names init. */
function isLeft([program, ...others]: readonly string[]): boolean {
  if (program === undefined) return true;
  if (/^--(unit|log-\w+|show-status|system)\b/.test(program)) return true;
  return [program, ...others].some((word) => isInitPath(word));
}
