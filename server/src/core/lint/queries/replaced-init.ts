import { hasTmpfsOnRun, mountsCgroupTree } from "../../container/settings";
import type { ContainerSpec } from "../../container/spec";
import { entryScript } from "../../image/entry-script";
import { isOtherInit } from "../../image/init";
import type { ContainerSubject } from "../../project/subject";
import { readCommands, readScriptFile } from "../../shell/commands";
import { isShell, isShellAlone, scriptArgument, scriptOperand } from "../../shell/interpreter";
import { plainText } from "../../shell/mapped-text";
import type { ShellCommand } from "../../shell/reader";
import { unwrap } from "../../shell/wrappers";
import { isRightSignal } from "../../systemd/signal";
import { belowCgroupRoot, writableCgroups } from "./cgroup-tree";
import { idleCommand } from "./idle-image";
import { scriptOf } from "./shell-script";

/** A program that a container starts instead of the image's init. */
export interface Replacement {
  /** The key that sets the program. */
  readonly key: "command" | "entrypoint";
  /** The name of the program as written. */
  readonly program: string;
  /** The program is an interactive shell. */
  readonly shell: boolean;
  /** The program is known never to start an init. This is uncertain for a script that cannot be read. */
  readonly certain: boolean;
}

/** A program that is known to run instead of an init. */
export interface ReplacedInit extends Replacement {
  /**
   * The program does no work: it is a shell for interactive use, or a command that only keeps the container alive.
   */
  readonly idle: boolean;
}

/**
 * The container's program that is known to replace an init, if the image boots systemd or the container has settings
 * that only systemd needs.
 */
export function replacedInit(subject: ContainerSubject): ReplacedInit | undefined {
  const { spec } = subject.source;
  if (subject.boot.boots !== "no") return undefined;
  const found = replacementIn(subject);
  if (!found?.certain) return undefined;
  const idle = idles(spec);
  const halts = spec.stopSignal !== undefined && isRightSignal(spec.stopSignal);
  if (imageBoot(subject) === "no" && !(halts && idle && onlyForSystemd(spec))) return undefined;
  const program = (found.key === "entrypoint" ? undefined : idle) ?? found.program;
  return { ...found, program, idle: found.shell || idle !== undefined };
}

/** Whether a container has settings that only systemd needs. */
export function onlyForSystemd(spec: ContainerSpec): boolean {
  return (
    (spec.stopSignal !== undefined && isRightSignal(spec.stopSignal)) ||
    writableCgroups(spec)?.on === true ||
    mountsCgroupTree(spec) ||
    spec.mounts.some(belowCgroupRoot) ||
    hasTmpfsOnRun(spec)
  );
}

/** Whether the image boots systemd if nothing replaces its init; "no" if its init cannot be determined. */
export function imageBoot(subject: ContainerSubject): "certain" | "likely" | "no" {
  const { image } = subject;
  if (!image) return subject.base?.bootsSystemd ? "likely" : "no";
  return image.boot.unseen || image.boot.evidence === "settings" ? "no" : image.boot.boots;
}

/** A command that only keeps a container alive, either on its own or as the last command of a script. */
function idles(spec: ContainerSpec): string | undefined {
  const script = scriptOf(spec);
  const argv = spec.entrypoint?.words.length ? spec.entrypoint : spec.command;
  const words = script ? readCommands(plainText(script.text)).at(-1)?.words : argv?.words;
  return idleCommand(words ?? []);
}

/** The program that a container sets in place of the image's CMD or ENTRYPOINT; undefined if it sets none. */
export function replacementIn({ source: { spec }, image }: ContainerSubject): Replacement | undefined {
  const key = spec.entrypoint?.words.length ? "entrypoint" : "command";
  const words = spec[key]?.words ?? [];
  const { start } = unwrap(words);
  const program = words[start];
  if (program === undefined) return undefined;
  const all = key === "entrypoint" ? [...words, ...(spec.command?.words ?? [])] : words;
  const shell = isShellAlone(all.slice(start));
  return { key, program: words[0] ?? program, shell, certain: startsNoInit(all.slice(start), image) };
}

type Files = ContainerSubject["image"];

/** Whether a command line is known not to start an init: it names a program, or a script that can be read. */
export function startsNoInit(words: readonly string[], image: Files): boolean {
  const [program] = words;
  if (words.some((word) => word.includes("$("))) return false;
  if (!isShell(program)) return isKnown(program, image);
  const at = scriptArgument(words);
  const script = at === undefined ? undefined : words[at];
  if (script !== undefined) return endsIn(readCommands(plainText(script)), (name) => isKnown(name, image));
  const file = scriptOperand(words, 1);
  return file === undefined || isKnown(words[file], image);
}

/**
 * Whether a program is known not to start the image's init: a program of the distribution, another init, or a
 * readable script that starts only such programs.
 */
function isKnown(program: string | undefined, image: Files): boolean {
  if (program === undefined || /^(eval|source|\.)$|\$/.test(program)) return false;
  if (isOtherInit(program)) return true;
  const script = image && entryScript(image.image, program, image.readFile);
  if (script === "missing") return false;
  if (script) {
    const commands = readScriptFile(script.text);
    return commands.length > 0 && endsIn(commands, isProgram);
  }
  return isProgram(program);
}

/**
 * Whether the command that replaces the shell, or that runs last, is known. Other commands are child processes of the
 * script.
 */
function endsIn(commands: readonly ShellCommand[], known: (program: string | undefined) => boolean): boolean {
  return commands.every(({ words: [name], exec, last }) => {
    if (/^(eval|source|\.)$/.test(name ?? "")) return false;
    return !(exec || last) || known(name);
  });
}

function isProgram(name: string | undefined): boolean {
  if (name === undefined || /^(eval|source|\.)$|\$/.test(name)) return false;
  if (name.includes("/")) return /^(\/usr)?\/s?bin\/[^/]+$/.test(name) && !isScriptName(name);
  return !isScriptName(name);
}

/** Names that are typical of custom scripts in an image. */
function isScriptName(name: string): boolean {
  return /\.\w*sh$|entry-?point|(^|[/_-])(start|init|boot|run)([_-]|$)/i.test(name);
}
