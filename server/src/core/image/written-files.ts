import { onceFor } from "../base/once";
import { lastSegment, type Span, withoutTrailing } from "../base/text";
import type { CopyInstruction, Image, Instruction, RunInstruction } from "./image";
import { ofScript, programOf } from "./programs";

/** A file that the Dockerfile adds to the image. */
export interface WrittenFile {
  /** Absolute path in the image. */
  readonly path: string;
  readonly text?: string;
  readonly instruction: Instruction;
  /** The path in the build context, if it is copied from there. */
  readonly source?: string;
  /** The range of the content in the Dockerfile, if it is a heredoc. */
  readonly span?: Span;
}

/** Matches directories of units, which a COPY can name without a trailing slash. */
const unitFolder = /\/systemd\/system\/?$/;

/** An image and the files of its build context. */
export interface BuiltImage {
  readonly image: Image;
  /**
   * The content of a file in the build context; `path` is relative to the context. Undefined if the file is absent.
   */
  readFile(path: string): string | undefined;
}

/** The files that COPY, ADD and RUN write to known paths, in build order. */
export const writtenFiles: (subject: BuiltImage) => readonly WrittenFile[] = onceFor(readWritten);

function readWritten(subject: BuiltImage): WrittenFile[] {
  return subject.image.instructions.flatMap((instruction) => {
    if (instruction.keyword === "RUN") return byRun(instruction as RunInstruction);
    if (instruction.keyword === "COPY" || instruction.keyword === "ADD") {
      return byCopy(instruction as CopyInstruction, subject.readFile);
    }
    return [];
  });
}

function byCopy(copy: CopyInstruction, readFile: (path: string) => string | undefined): WrittenFile[] {
  const { sources, destination, heredocs, fromStage } = copy;
  const inline = heredocs.map((heredoc) => ({
    path: join(destination, heredoc.name, heredocs.length + sources.length),
    text: heredoc.body,
    instruction: copy,
    span: heredoc.span,
  }));
  const copied = sources
    .filter((source) => !/[*?]|:\/\//.test(source))
    .map((source): WrittenFile => {
      const path = join(destination, baseName(source), sources.length);
      if (fromStage !== undefined) return { path, instruction: copy };
      return { path, instruction: copy, source, text: readFile(source) };
    });
  return [...inline, ...copied];
}

function join(destination: string, name: string, count: number): string {
  const isFolder = destination.endsWith("/") || count > 1 || unitFolder.test(destination);
  return isFolder ? `${destination.replace(/\/$/, "")}/${name}` : destination;
}

function baseName(path: string): string {
  return lastSegment(withoutTrailing(path, "/"));
}

const writing = ofScript((script) =>
  script.flatMap((command, index) =>
    command.redirections.some(({ operator }) => operator.startsWith(">")) ||
    /^(tee|cp|mv|ln|install|curl|wget)$/.test(programOf(command))
      ? [index]
      : [],
  ),
);

/** The files written by redirections, by tee, and by commands that copy or fetch a file to a path. */
function byRun(run: RunInstruction): WrittenFile[] {
  const commands = run.commandsAt(writing(run));
  if (commands.length === 0) return [];
  const heredocs = new Map(run.heredocs.toReversed().map((heredoc) => [plain(heredoc.body), heredoc]));
  return commands.flatMap((command): WrittenFile[] => {
    const { words, redirections } = command;
    const program = programOf(command);
    const body = redirections.find(
      ({ operator, body }) => operator.startsWith("<<") && body !== undefined,
    )?.body;
    const heredoc = body === undefined ? undefined : heredocs.get(plain(body));
    const echoed =
      /^(echo|printf)$/.test(program) && words.every((word) => word !== undefined)
        ? printed(words.slice(1))
        : undefined;
    const written = { instruction: run, text: heredoc?.body ?? body ?? echoed, span: heredoc?.span };
    const targets = redirections.flatMap(({ operator, target }) =>
      operator.startsWith(">") && target ? [target] : [],
    );
    const operands = words.slice(1).filter((word) => word !== undefined && !word.startsWith("-")) as string[];
    if (program === "tee") targets.push(...operands);
    const made = targets.map((path) => ({ path, ...written }));
    const last = operands.at(-1);
    if (/^(cp|mv|ln|install)$/.test(program) && last && operands.length > 1) {
      const sources = operands.slice(0, -1);
      made.push(
        ...sources.map((source) => ({
          path: join(last, baseName(source), sources.length),
          instruction: run,
          text: undefined,
          span: undefined,
        })),
      );
    }
    const output =
      words[words.findIndex((word) => /^(-o|-O|--output|--output-document)$/.test(word ?? "")) + 1];
    if (/^(curl|wget)$/.test(program) && output?.startsWith("/")) {
      made.push({ path: output, instruction: run, text: undefined, span: undefined });
    }
    return made;
  });
}

/** The text of a heredoc, normalized to be independent of line endings. */
function plain(text: string): string {
  return text.replace(/\r/g, "").trim();
}

function printed(words: readonly (string | undefined)[]): string {
  return words
    .filter((word) => !/^-[neE]+$/.test(word ?? ""))
    .join(" ")
    .replace(/\\n/g, "\n");
}
