import type { Problem } from "../base/problem";
import type { Edit, Span } from "../base/text";
import type { MappedText } from "../shell/mapped-text";
import type { ShellCommand } from "../shell/reader";
import type { BaseImage } from "./base-image";

/** A value and the range that sets it, in the Dockerfile that is being read. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** A variable of the image. If it has no spans, it comes from the base image. */
export interface Variable {
  /** Undefined if it depends on an unknown variable. */
  readonly value: string | undefined;
  /** The range of the name and the value. */
  readonly span?: Span;
  readonly nameSpan?: Span;
  /** The form `ENV name value`. */
  readonly legacyForm?: boolean;
  readonly instruction?: Instruction;
}

/** ENTRYPOINT or CMD as written. */
export interface Program {
  readonly form: "exec" | "shell";
  /**
   * The unquoted words, each with the span of its literal, including quotes. In shell form, the words of the script
   * if it is one plain command whose words are all known, otherwise empty.
   */
  readonly words: readonly Placed<string>[];
  /** The SHELL that is in effect for the shell form. */
  readonly shell: readonly string[];
  /** The script of the shell form, with continuation lines joined. */
  readonly script?: string;
  /** The arguments, without the keyword. */
  readonly span: Span;
  /** The complete instruction. */
  readonly instruction: Instruction;
}

/** One Dockerfile instruction; `keyword` is in upper case. ONBUILD triggers are not instructions of this stage. */
export interface Instruction {
  readonly keyword: string;
  readonly span: Span;
  readonly keywordSpan: Span;
  /** The arguments as written, without continuations and comments; heredoc bodies are not included. */
  readonly arguments: string;
  /** From the first to the last argument, without heredoc bodies. */
  readonly argumentsSpan: Span;
  /** `arguments` with a mapping back to offsets in the file. */
  readonly body: MappedText;
  /** The heredocs that it opens, from first to last; only in RUN, COPY and ADD, and in ONBUILD with one of these. */
  readonly heredocs: readonly Heredoc[];
  /** 0-based position in the file. */
  readonly index: number;
  /** 0-based stage; -1 before the first FROM. */
  readonly stage: number;
}

export interface Heredoc {
  readonly name: string;
  /** The text as written, including line endings. */
  readonly body: string;
  readonly span: Span;
  /** The delimiter is quoted, so nothing in the body is expanded. */
  readonly quoted: boolean;
  /** `<<-`: leading tabs of each line are removed. */
  readonly stripTabs: boolean;
  /** False if the file ends before the closing delimiter; the builder rejects such a file. */
  readonly closed: boolean;
}

/** A simple command that a build step executes. */
export interface Command extends ShellCommand {
  readonly run: RunInstruction;
}

export interface RunInstruction extends Instruction {
  /**
   * All commands that it executes, including those in heredoc scripts. Text that is only written to files is not
   * included.
   */
  readonly commands: readonly Command[];
  /**
   * The commands with offsets relative to the start of the step. The array is the same as long as the step is
   * unchanged, so results computed from it can be cached for it.
   */
  readonly script: readonly ShellCommand[];
  /** Returns the elements of `commands` at these indexes of `script`, without creating the others. */
  commandsAt(indices: readonly number[]): readonly Command[];
  /** `--mount=…` options by name in lower case; an option without a value is the empty string. */
  readonly mounts: readonly Placed<Readonly<Record<string, string>>>[];
}

/** How an instruction changes a systemd unit, in build order. */
export interface UnitAction {
  /** The name with its suffix: `ssh` becomes `ssh.service`. */
  readonly unit: string;
  readonly verb: "enable" | "disable" | "mask" | "unmask" | "set-default" | "add-wants";
  /** The target of set-default and add-wants. */
  readonly target?: string;
  readonly span: Span;
  readonly instruction: Instruction;
}

/**
 * The effective state of a stage: its own instructions on top of every stage on which it is based, and of the base
 * image if that is known. If a stage is copied completely (`COPY --from=x / /`), its steps also count, but its
 * settings do not. Spans are set only for instructions of this Dockerfile.
 */
export interface Image {
  readonly text: string;
  /** The name or index of the stage. */
  readonly stage: string;
  /** The FROM of this stage. */
  readonly from: Instruction;
  /**
   * The FROM that names the base image: that of the first stage in the chain, or of the stage that is copied
   * completely.
   */
  readonly bottom: Instruction;
  /** The image reference of the first FROM in the chain, with ARG defaults inserted; undefined if it is unknown. */
  readonly baseReference?: string;
  /** The facts from the table; undefined for an unknown image, so that rules lower their certainty. */
  readonly base?: BaseImage;
  /** The instructions of the chain in build order, those of the first stage first. */
  readonly instructions: readonly Instruction[];
  /** The instructions of this stage only. */
  readonly own: readonly Instruction[];
  readonly runs: readonly RunInstruction[];
  /** All commands that the build executes, in file order. */
  readonly commands: readonly Command[];
  readonly env: ReadonlyMap<string, Variable>;
  /** As written, if the value depends on an unknown variable. A user from the base image is placed at its FROM. */
  readonly user?: Placed<string>;
  readonly entrypoint?: Program;
  readonly cmd?: Program;
  readonly stopSignal?: Placed<string> & { readonly instruction: Instruction };
  readonly volumes: readonly (Placed<string> & { readonly instruction: Instruction })[];
  readonly healthcheck?: Instruction;
  readonly exposed: readonly string[];
  /** The SHELL that is in effect at the end; `["/bin/sh", "-c"]` by default. */
  readonly shell: readonly string[];
  /**
   * Whether it contains a line that is not an instruction, or an unterminated heredoc. Settings that seem to be
   * missing may be there.
   */
  readonly unreadable: boolean;
  /** The packages that this Dockerfile installs, each with the command that installs it. */
  readonly packages: ReadonlyMap<string, Command>;
  /** Those of `packages` that are installed without their recommended packages. */
  readonly bare: ReadonlySet<string>;
  /** Whether `--no-install-recommends` or an equivalent was in effect when systemd was installed. */
  readonly withoutRecommends: boolean;
  readonly units: readonly UnitAction[];
  /** COPY and ADD: sources (context-relative, or from a stage) and destination. */
  readonly copies: readonly CopyInstruction[];
  readonly edit: ImageEditor;
}

export interface CopyInstruction extends Instruction {
  readonly sources: readonly string[];
  readonly destination: string;
  /** The value of `--from=`, if there is one. */
  readonly fromStage?: string;
}

/**
 * The edits that the model offers. Each method returns the edits that make one thing true in the final stage, in the
 * style of the file (keyword case and indentation; applyEdits handles line endings). Undefined if editing this file
 * cannot achieve it.
 */
export interface ImageEditor {
  /** Adds `ENV name=value` after FROM and its ARGs, or changes the value where the stage already sets it. */
  setEnv(name: string, value: string): readonly Edit[];
  /**
   * Rewrites the form `ENV name value` with an equals sign: every occurrence in the stage or, if one cannot be
   * rewritten, none.
   */
  modernEnv(): readonly Edit[] | undefined;
  renameEnv(from: string, to: string): readonly Edit[] | undefined;
  setStopSignal(signal: string): readonly Edit[];
  /** Removes paths from VOLUME. A VOLUME that becomes empty is removed with its line. */
  removeVolumes(paths: readonly string[]): readonly Edit[] | undefined;
  /** Replaces ENTRYPOINT or CMD with the exec form of these words. */
  setProgram(keyword: "ENTRYPOINT" | "CMD", words: readonly string[]): readonly Edit[];
  /**
   * Inserts an instruction before the final CMD/ENTRYPOINT/USER block, or at the end. A RUN is inserted after the
   * last build step of the stage, wherever that block is.
   */
  insert(instruction: string, where: "after-from" | "before-program" | "end"): readonly Edit[];
  /** Inserts an instruction on the line after another one. */
  insertAfter(instruction: Instruction, added: string): readonly Edit[];
  /** Inserts an instruction above another one of this stage, and above the comments that belong to it. */
  insertBefore(instruction: Instruction, added: string): readonly Edit[];
  /**
   * Removes complete instructions of this stage, given in file order. The comment above is also removed if the two
   * together are surrounded by blank lines.
   */
  remove(...instructions: readonly Instruction[]): readonly Edit[];
  replace(span: Span, text: string): readonly Edit[];
}

/** A parsed Dockerfile. Reading never fails: an incomplete file yields fewer instructions. */
export interface Dockerfile {
  readonly text: string;
  readonly escape: "\\" | "`";
  /** Why BuildKit rejects the file. Such a file must not be edited unless the user requests it. */
  readonly problem?: Problem;
  /** All instructions of the file from first to last, including ONBUILD, and ARG before the first FROM. */
  readonly instructions: readonly Instruction[];
  readonly stages: readonly { readonly name?: string; readonly from: Instruction }[];
  /**
   * The effective image of a stage, by name or index; by default, of the last stage. Undefined if there is no FROM.
   */
  image(target?: string): Image | undefined;
}
