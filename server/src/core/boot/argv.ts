import type { Span } from "../base/text";
import type { Argv } from "../container/spec";
import { type BaseImage, bootsWith } from "../image/base-image";
import { expand } from "../image/expand";
import type { Program } from "../image/image";
import { isQuery } from "../image/init";
import { runsScript } from "../shell/interpreter";
import { type MappedText, plainText } from "../shell/mapped-text";

export type Origin = "image" | "run" | "base";

/** A word of an argv, and where it comes from. */
export interface Part {
  readonly value: string;
  readonly origin: Origin;
  readonly span?: Span;
}

/** An ENTRYPOINT or CMD from any origin: words, or a script that a shell runs. */
export interface Line {
  readonly words: readonly Part[];
  readonly script?: { readonly body: MappedText; readonly origin: Origin; readonly inFile: boolean };
}

/** An ENTRYPOINT or CMD of a Dockerfile. */
export function ofProgram({ form, words, shell, instruction }: Program): Line {
  if (form === "exec") return { words: words.map((word) => ({ origin: "image", ...word })) };
  const { body, argumentsSpan: span } = instruction;
  const parts = [...shell, body.text].map((value): Part => ({ value, origin: "image", span }));
  // If the shell is another one (PowerShell), or is not invoked to run a script, nothing is known about what it runs.
  if (!runsScript(shell)) return { words: parts.slice(0, 1) };
  return { words: parts, script: { body, origin: "image", inFile: true } };
}

/** An ENTRYPOINT or CMD from the table of base images. */
export function ofBase(words: readonly string[] | undefined): Line | undefined {
  return words && { words: words.map((value) => ({ value, origin: "base" })) };
}

/** The command or entrypoint that a container is started with. */
export function ofRun({ words, shell }: Argv): Line {
  const parts = words.map((word): Part => ({ value: interpolate(word), origin: "run" }));
  if (shell === undefined) return { words: parts };
  return { words: parts, script: { body: plainText(interpolate(shell)), origin: "run", inFile: false } };
}

/** Whether the program `init` boots systemd with these arguments. */
export function reachesInit(init: string, args: readonly Part[], base: BaseImage | undefined): boolean {
  const words = args.map(({ value }) => value);
  if (!base?.subcommands || init !== base.entrypoint?.[0]) return !isQuery(words);
  return bootsWith(base, words[0] ?? "-");
}

/** Expands `${VAR:-default}` of compose and shells. A variable without a default is left as written. */
export function interpolate(word: string): string {
  return word.includes("${") ? (expand(word, () => undefined, "\\") ?? word) : word;
}

/** Combines ENTRYPOINT and CMD as the engine does: a shell-form ENTRYPOINT takes no arguments. */
export function join(entrypoint: Line | undefined, cmd: Line | undefined): Line | undefined {
  if (!entrypoint || entrypoint.words.length === 0) return cmd;
  if (entrypoint.script || !cmd) return entrypoint;
  return { words: [...entrypoint.words, ...cmd.words] };
}
