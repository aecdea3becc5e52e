import type { Problem } from "../base/problem";
import type { Edit, Span } from "../base/text";
import type { MappedText } from "../shell/mapped-text";
import type { ShellCommand } from "../shell/reader";
import type { BaseImage } from "./base-image";

/** A value with the place that sets it, in the Dockerfile that is being read. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** A variable of the image. Without spans it comes from the base image. */
export interface Variable {
  /** Undefined when it depends on a variable that is not known. */
  readonly value: string | undefined;
  /** Name and value. */
  readonly span?: Span;
  readonly nameSpan?: Span;
  /** `ENV name value`. */
  readonly legacyForm?: boolean;
  readonly instruction?: Instruction;
}

/** ENTRYPOINT or CMD as written. */
export interface Program {
  readonly form: "exec" | "shell";
  /**
   * Words after unquoting, each with the span of its literal (quotes included). In shell form: the words of
   * the script when it is one plain command of known words, else empty.
   */
  readonly words: readonly Placed<string>[];
  /** SHELL in force for the shell form. */
  readonly shell: readonly string[];
  /** The script of the shell form, continuations joined. */
  readonly script?: string;
  /** The arguments, without the keyword. */
  readonly span: Span;
  /** The whole instruction. */
  readonly instruction: Instruction;
}

/** One Dockerfile instruction; `keyword` is upper case. ONBUILD triggers are not instructions of this stage. */
export interface Instruction {
  readonly keyword: string;
  readonly span: Span;
  readonly keywordSpan: Span;
  /** Arguments as written, continuations and comments removed; heredoc bodies are not in it. */
  readonly arguments: string;
  /** From the first to the last argument, heredoc bodies excluded. */
  readonly argumentsSpan: Span;
  /** `arguments` with the way back to places in the file. */
  readonly body: MappedText;
  /** Heredocs that it opens, from first to last; RUN, COPY and ADD have them, and ONBUILD of these. */
  readonly heredocs: readonly Heredoc[];
  /** 0-based position in the file. */
  readonly index: number;
  /** 0-based stage; -1 before the first FROM. */
  readonly stage: number;
}

export interface Heredoc {
  readonly name: string;
  /** As written, line endings included. */
  readonly body: string;
  readonly span: Span;
  /** The name was quoted: nothing in the body is expanded. */
  readonly quoted: boolean;
  /** `<<-`: leading tabs of each line are removed. */
  readonly stripTabs: boolean;
  /** False when the file ends before the name closes it; the builder rejects such a file. */
  readonly closed: boolean;
}

/** A simple command that a build step executes. */
export interface Command extends ShellCommand {
  readonly run: RunInstruction;
}

export interface RunInstruction extends Instruction {
  /** Every command it executes, heredoc scripts included. What is only written into files is not here. */
  readonly commands: readonly Command[];
  /**
   * The commands with positions that are counted from the step's beginning: the same array while the step is unchanged,
   * so what is found out of it can be kept for it.
   */
  readonly script: readonly ShellCommand[];
  /** Those of `commands` at these places of `script`, and none of the others. */
  commandsAt(indices: readonly number[]): readonly Command[];
  /** `--mount=…` options by name, lower case; an option without value is the empty string. */
  readonly mounts: readonly Placed<Readonly<Record<string, string>>>[];
}

/** What an instruction made of a systemd unit, in build order. */
export interface UnitAction {
  /** With its suffix: `ssh` is `ssh.service`. */
  readonly unit: string;
  readonly verb: "enable" | "disable" | "mask" | "unmask" | "set-default" | "add-wants";
  /** The target of set-default and add-wants. */
  readonly target?: string;
  readonly span: Span;
  readonly instruction: Instruction;
}

/**
 * The effective state of a stage: its own instructions on top of every stage it is built FROM, and of the
 * base image if that is known. The steps of a stage whose whole tree is copied (`COPY --from=x / /`) count
 * too, without its settings. Spans are set only for instructions of this Dockerfile.
 */
export interface Image {
  readonly text: string;
  /** Name or index of the stage. */
  readonly stage: string;
  /** FROM of this stage. */
  readonly from: Instruction;
  /** FROM at the bottom of the chain, or of the stage whose whole tree is copied: it names the base image. */
  readonly bottom: Instruction;
  /** The image reference at the bottom of the chain, ARG defaults put in; undefined if it can't be known. */
  readonly baseReference?: string;
  /** What the table knows of it; undefined for an unknown image, so that rules lower their certainty. */
  readonly base?: BaseImage;
  /** Instructions of the chain in build order, bottom stage first. */
  readonly instructions: readonly Instruction[];
  /** Instructions of this stage alone. */
  readonly own: readonly Instruction[];
  readonly runs: readonly RunInstruction[];
  /** Every command that the build executes, in the order of the file. */
  readonly commands: readonly Command[];
  readonly env: ReadonlyMap<string, Variable>;
  /** As written where the value depends on an unknown variable. That of the base image is placed at its FROM. */
  readonly user?: Placed<string>;
  readonly entrypoint?: Program;
  readonly cmd?: Program;
  readonly stopSignal?: Placed<string> & { readonly instruction: Instruction };
  readonly volumes: readonly (Placed<string> & { readonly instruction: Instruction })[];
  readonly healthcheck?: Instruction;
  readonly exposed: readonly string[];
  /** SHELL in force at the end; the default is `["/bin/sh", "-c"]`. */
  readonly shell: readonly string[];
  /**
   * It contains a line that is not an instruction, or an unterminated heredoc, where missing settings may be.
   */
  readonly unreadable: boolean;
  /** Packages installed by this Dockerfile, with the command that does it. */
  readonly packages: ReadonlyMap<string, Command>;
  /** Those of them that are installed without the packages that they recommend. */
  readonly bare: ReadonlySet<string>;
  /** `--no-install-recommends` or its like was in force where systemd was installed. */
  readonly withoutRecommends: boolean;
  readonly units: readonly UnitAction[];
  /** COPY and ADD: sources (context-relative, or from a stage) and destination. */
  readonly copies: readonly CopyInstruction[];
  readonly edit: ImageEditor;
}

export interface CopyInstruction extends Instruction {
  readonly sources: readonly string[];
  readonly destination: string;
  /** `--from=`, when given. */
  readonly fromStage?: string;
}

/**
 * The model's own verbs: each returns the edits that make one thing true in the final stage, in the
 * file's style (keyword case, indentation, line ending left to applyEdits). Undefined when it cannot
 * be done by an edit of this file.
 */
export interface ImageEditor {
  /** Adds `ENV name=value` after FROM and its ARGs, or sets the value where the stage already has it. */
  setEnv(name: string, value: string): readonly Edit[];
  /** Writes every ENV of the form `name value` with an equals sign: all of the stage or, where one cannot be, none. */
  modernEnv(): readonly Edit[] | undefined;
  renameEnv(from: string, to: string): readonly Edit[] | undefined;
  setStopSignal(signal: string): readonly Edit[];
  /** Removes paths from VOLUME; an emptied VOLUME goes with its line. */
  removeVolumes(paths: readonly string[]): readonly Edit[] | undefined;
  /** Replaces ENTRYPOINT or CMD by the exec form of these words. */
  setProgram(keyword: "ENTRYPOINT" | "CMD", words: readonly string[]): readonly Edit[];
  /**
   * Inserts a whole instruction before the final CMD/ENTRYPOINT/USER block, or at the end. A RUN is below the
   * last build step of the stage, wherever the program is named.
   */
  insert(instruction: string, where: "after-from" | "before-program" | "end"): readonly Edit[];
  /** Adds a whole instruction on the line after another. */
  insertAfter(instruction: Instruction, added: string): readonly Edit[];
  /** Inserts a whole instruction above another one of this stage, and above the comments that belong to that. */
  insertBefore(instruction: Instruction, added: string): readonly Edit[];
  /**
   * Removes whole instructions of this stage, given in the order of the file. The comment above goes too where blank
   * lines separate both from the rest.
   */
  remove(...instructions: readonly Instruction[]): readonly Edit[];
  replace(span: Span, text: string): readonly Edit[];
}

/** A parsed Dockerfile. Reading never fails: half-typed text gives fewer instructions. */
export interface Dockerfile {
  readonly text: string;
  readonly escape: "\\" | "`";
  /** Why BuildKit rejects the file; such a file must not be edited unasked. */
  readonly problem?: Problem;
  /** Every instruction of the file from first to last, ARG before the first FROM and ONBUILD included. */
  readonly instructions: readonly Instruction[];
  readonly stages: readonly { readonly name?: string; readonly from: Instruction }[];
  /** The effective image of a stage, by name or index; the last one without. Undefined without any FROM. */
  image(target?: string): Image | undefined;
}
