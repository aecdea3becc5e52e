import type { Span } from "../base/text";
import type { ContainerSource } from "../container/source";
import type { BaseImage } from "../image/base-image";
import { type EntryScript, entryScript } from "../image/entry-script";
import type { Image } from "../image/image";
import { isBareInit, isInitPath, isOtherInit, isQuery, linkTarget, otherInit } from "../image/init";
import { readCommands, readScriptFile } from "../shell/commands";
import { isShell, scriptArgument, scriptOperand } from "../shell/interpreter";
import { plainText } from "../shell/mapped-text";
import type { ShellCommand } from "../shell/reader";
import { unwrap } from "../shell/wrappers";
import { join, type Line, ofBase, ofProgram, ofRun, type Part, reachesInit } from "./argv";
import { containerSign, imageSign, type Run, type Sign, speaksOfSystemd } from "./signs";

/**
 * Whether systemd boots here as PID 1. `certain`: the final argv is systemd. `likely`: a base image of the fixed list
 * boots it, init is passed to an entry script that cannot be read, or everything is prepared for systemd and nothing
 * is known about the program. `no`: there is no evidence, or a line of the image cannot be read; `build:`,
 * `privileged` or a cgroup mount alone proves nothing.
 */
export interface BootDetection {
  readonly boots: "certain" | "likely" | "no";
  /** The final argv, if known. */
  readonly argv: readonly string[];
  /** What the engine executes directly, if that is a script that ends in `argv`. */
  readonly executes?: readonly string[];
  /**
   * Where the init path is named: in the Dockerfile of the image, in the file that starts the container, or nowhere.
   * A sign is weaker evidence.
   */
  readonly evidence: "image" | "run" | "script" | "base" | Sign | "none";
  /** The range of the init path in the Dockerfile, or that of the script's path. */
  readonly span?: Span;
  /**
   * The init is a file that cannot be read, from an unknown image or an archive, and nothing in the Dockerfile or in
   * the container's settings refers to systemd. It could be any init.
   */
  readonly unseen?: boolean;
  /** Init is started through a shell that might not exec it (shell form, `sh -c`). */
  readonly throughShell: boolean;
  /** The entry script that starts init; `span` is the range of the command in the script. */
  readonly script?: {
    /** The path in the build context; undefined if the Dockerfile itself writes the script. */
    readonly path?: string;
    /** The name in the image under which it is started. */
    readonly name: string;
    readonly span: Span;
    readonly exec: boolean;
    /** Init is started with `&`. */
    readonly background: boolean;
    /** The value that the script gives init in the variable `container`. */
    readonly container?: string;
  };
}

type ReadFile = (path: string) => string | undefined;
/** The context of the argv: the image, if there is one, and its base image. */
interface Surroundings {
  readonly image?: Image;
  readonly base?: BaseImage;
  readonly readFile: ReadFile;
}

const nothing: BootDetection = { boots: "no", argv: [], evidence: "none", throughShell: false };
const signed = (sign: Sign): BootDetection => ({ ...nothing, boots: "likely", evidence: sign });

/** Detects systemd in the final ENTRYPOINT and CMD of an image. `readFile` returns files of the build context. */
export function detectInImage(image: Image, readFile: ReadFile = () => undefined): BootDetection {
  if (image.unreadable) return nothing;
  const line = join(entrypointOf(image), cmdOf(image));
  const sign = !line && !image.base && imageSign(image);
  if (sign) return signed(sign);
  return detect(line, { image, base: image.base, readFile });
}

/**
 * Detects systemd in a container. Its command and entrypoint override those of the image that a Dockerfile builds, or
 * of the image `named`, if either is known.
 */
export function detectInContainer(
  source: Run & Pick<ContainerSource, "needsProof">,
  image?: Image,
  readFile: ReadFile = () => undefined,
  named?: BaseImage,
): BootDetection {
  if (image?.unreadable) return nothing;
  const { spec, needsProof } = source;
  const base = image ? image.base : named;
  const entrypoint = spec.entrypoint
    ? ofRun(spec.entrypoint)
    : image
      ? entrypointOf(image)
      : ofBase(base?.entrypoint);
  const ownCmd = image ? cmdOf(image) : ofBase(base?.cmd);
  const cmd = spec.command ? ofRun(spec.command) : spec.entrypoint ? undefined : ownCmd;
  const line = join(entrypoint, cmd);
  const own = needsProof ? undefined : containerSign(source);
  const sign = own ?? (image && imageSign(image));
  if (!line && !base && sign) return signed(sign);
  const judgement = detect(line, { image, base, readFile });
  return judgement.unseen && own ? { ...judgement, unseen: undefined } : judgement;
}

/** Detects systemd in what a base image starts with its own ENTRYPOINT and CMD. */
export function detectInBase(base: BaseImage): BootDetection {
  return detect(join(ofBase(base.entrypoint), ofBase(base.cmd)), { base, readFile: () => undefined });
}

function entrypointOf({ entrypoint, base }: Image): Line | undefined {
  return entrypoint ? ofProgram(entrypoint) : ofBase(base?.entrypoint);
}

/** An ENTRYPOINT of the Dockerfile resets the CMD of the base image. */
function cmdOf({ cmd, entrypoint, base }: Image): Line | undefined {
  return cmd ? ofProgram(cmd) : entrypoint ? undefined : ofBase(base?.cmd);
}

function detect(line: Line | undefined, around: Surroundings): BootDetection {
  if (!line || line.words.length === 0) {
    return around.base?.bootsSystemd && !line ? { ...nothing, boots: "likely", evidence: "base" } : nothing;
  }
  const argv = line.words.map(({ value }) => value);
  const found = line.script ? inScript(line.script, around) : inWords(line.words, around);
  const init = found?.init;
  const other = init && around.image ? otherInit(around.image, init) : around.base?.otherInit;
  if (!found || other || around.base?.family === "none") return { ...nothing, argv };
  const { boots, evidence, span, throughShell, script } = found;
  const certain = boots === "certain" && (evidence !== "base" || around.base?.seen !== undefined);
  return {
    boots: certain ? "certain" : "likely",
    argv: found.argv ?? argv,
    executes: found.argv && argv,
    evidence,
    span,
    unseen:
      (around.image && !around.base && !speaksOfSystemd(around.image, [init ?? "", ...argv])) || undefined,
    throughShell,
    script,
  };
}

interface Found extends Omit<BootDetection, "argv" | "boots"> {
  readonly boots: "certain" | "likely";
  /** The path that is started. */
  readonly init: string;
  readonly argv?: readonly string[];
}

/** Looks for init in an argv: as the program, after `env`, in `sh -c`, or after an entry script. */
function inWords(words: readonly Part[], around: Surroundings): Found | undefined {
  const values = words.map(({ value }) => value);
  const start = /^(.*\/)?(env|nice|ionice|stdbuf|nohup|gosu|su-exec)$/.test(values[0] ?? "")
    ? unwrap(values).start
    : 0;
  const started = words[start];
  if (!started || isOtherInit(started.value)) return undefined;
  const read = isShell(started.value) ? scriptOperand(values, start + 1) : undefined;
  const first = (read !== undefined && words[read]) || started;
  const args = words.slice((read ?? start) + 1);
  const evidence = first.origin;

  const script = scriptAt(first.value, around);
  if (script && script !== "missing")
    return behindScript(
      first,
      args.map(({ value }) => value),
      script,
      around,
    );
  // A file with unknown content at an init path is a custom init, unless the base image is meant to boot systemd, in
  // which case the file is assumed to start systemd. At another path, the file may start the program after it.
  if (script === "missing") {
    if (!isInitPath(first.value)) return behindUnknown(args);
    return around.base?.bootsSystemd ? behindUnknown([first]) : undefined;
  }

  if (first === started && isInit(first.value, around)) {
    if (!reachesInit(first.value, args, around.base)) return undefined;
    return { boots: "certain", evidence, span: first.span, throughShell: false, init: first.value };
  }
  if (isShell(first.value)) {
    const at = scriptArgument(args.map(({ value }) => value));
    const text = at === undefined ? undefined : args[at];
    if (!text) return undefined;
    return inScript(
      { body: plainText(text.value), origin: text.origin, inFile: false, span: text.span },
      around,
    );
  }
  return behindUnknown(args);
}

/** The script at a path in the image or, if none is known there, at the same path in an inspected base image. */
function scriptAt(
  path: string,
  { image, base, readFile }: Surroundings,
): EntryScript | "missing" | undefined {
  const text = base?.seen?.scripts[path];
  return (image && entryScript(image, path, readFile)) ?? (text === undefined ? undefined : { text });
}

/** Handles a program that cannot be read. If init is among its arguments, the program is assumed to start it. */
function behindUnknown(args: readonly Part[]): Found | undefined {
  const named = args.find(({ value }) => isInitPath(value));
  if (!named) return undefined;
  return {
    boots: "likely",
    evidence: named.origin,
    span: named.span,
    throughShell: false,
    init: named.value,
  };
}

/** Whether a word is init. `init` without a path counts only for an image that can have systemd. */
function isInit(word: string, { image, base }: Surroundings): boolean {
  if (isInitPath(word) || word === base?.initPath) return true;
  if (word.startsWith("/")) return image !== undefined && isInitPath(linkTarget(image, word));
  return isBareInit(word) && (base !== undefined || image?.packages.has("systemd") === true);
}

/** Looks for init in a script in shell form or in `sh -c`. */
function inScript(
  { body, origin, inFile, span }: NonNullable<Line["script"]> & { readonly span?: Span },
  around: Surroundings,
): Found | undefined {
  const commands = readCommands(body, { variables: environment(around) });
  const command = findInit(commands, around);
  const placeOf = ({ wordSpans, span: own }: ShellCommand) => (inFile ? (wordSpans[0] ?? own) : span);
  if (!command) return inLastScript(commands, placeOf, around);
  const init = command.words[0] ?? "";
  return {
    boots: "certain",
    evidence: origin,
    span: placeOf(command),
    throughShell: !command.exec,
    init,
  };
}

/** Looks for init in a script of the image that the last command of a shell runs. */
function inLastScript(
  commands: readonly ShellCommand[],
  placeOf: (command: ShellCommand) => Span | undefined,
  around: Surroundings,
): Found | undefined {
  const command = commands.findLast(({ last, background }) => last && !background);
  if (!command) return undefined;
  const { words, exec } = command;
  const read = isShell(words[0]) ? scriptOperand(words, 1) : 0;
  const name = read === undefined ? undefined : words[read];
  const script = name && scriptAt(name, around);
  if (!name || read === undefined || !script || script === "missing") return undefined;
  const found = behindScript({ value: name, span: placeOf(command) }, words.slice(read + 1), script, around);
  return found && { ...found, throughShell: !exec };
}

function behindScript(
  { value: name, span: place }: Pick<Part, "value" | "span">,
  positional: readonly (string | undefined)[],
  { text, path }: EntryScript,
  around: Surroundings,
): Found | undefined {
  const commands = readScriptFile(text, { variables: environment(around), positional });
  const command = findInit(commands, around);
  if (!command) return undefined;
  const { span, exec, words, background } = command;
  return {
    boots: command.conditional && !exec ? "likely" : "certain",
    evidence: "script",
    span: place,
    throughShell: false,
    init: words[0] ?? "",
    script: { path, name, span, exec, background, container: containerIn(text, command) },
    argv: words.filter((word) => word !== undefined),
  };
}

/**
 * The value that a script gives the variable `container`, either for the command alone or for all commands with
 * `export`.
 */
function containerIn(text: string, { environment: own }: ShellCommand): string | undefined {
  if (own.has("container")) return own.get("container");
  const value = /^[ \t]*(?:export[ \t]+)?container=["']?([a-z][\w-]*)/m.exec(text)?.[1];
  return /^[ \t]*export[ \t]+container\b/m.test(text) ? value : undefined;
}

/** The command that starts init: the last one that always runs with exec, else the last with exec, else the last. */
function findInit(commands: readonly ShellCommand[], around: Surroundings): ShellCommand | undefined {
  const starts = commands.filter(
    ({ words: [name, ...args] }) => name !== undefined && isInit(name, around) && !isQuery(args),
  );
  const execs = starts.filter(({ exec }) => exec);
  return execs.findLast(({ conditional }) => !conditional) ?? execs.at(-1) ?? starts.at(-1);
}

function environment({ image }: Surroundings): ReadonlyMap<string, string | undefined> {
  return new Map(Array.from(image?.env ?? [], ([name, { value }]) => [name, value]));
}
