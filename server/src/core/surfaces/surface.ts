import type { Problem } from "../base/problem";
import type { Span } from "../base/text";
import type { ContainerFile, ContainerSource } from "../container/source";
import type { ContainerSpec } from "../container/spec";
import type { Dockerfile } from "../image/image";
import type { KeyPlace } from "../yaml/key-place";

/** A file as its surface reads it. Reading it never throws. */
export interface SurfaceFile extends ContainerFile {
  /** The content of the file if it is a Dockerfile. */
  readonly dockerfile?: Dockerfile;
  /** Containers that are only in comments, or that another file starts. They are linted, but not started. */
  readonly remarked?: readonly ContainerSource[];
  /** Syntax problems of the file. If there are any, the file gets no fixes. */
  problems(): readonly Problem[];
  /**
   * The region of an ignore comment that ends at `offset`: the instruction or key that follows, with everything below
   * it.
   */
  regionAfter(offset: number): Span;
  /**
   * The offset of the line above which a comment about `offset` can be written: the same offset, or the start of what
   * contains it. Undefined if no comment is possible there.
   */
  commentPlace(offset: number): number | undefined;
  /**
   * Whether another program computes part of the lines of a span, so that nothing is reported or changed there.
   * Absent if the tool reads the file as it is.
   */
  isOpaque?(span: Span): boolean;
  /** The key or value of the file at an offset; absent if the file does not consist of keys and values. */
  keyAt?(offset: number): KeyPlace | undefined;
}

/**
 * A copy of a file in which all containers but one are left out, so that results for that container do not depend on
 * the others. Each part includes everything outside the containers.
 */
export interface Part {
  readonly text: string;
  /** The span of the container in this copy. */
  readonly from: number;
  readonly to: number;
  /** Where the container begins in the file. */
  readonly start: number;
  /** Where the text after the last container begins in the file. */
  readonly after: number;
}

/**
 * A kind of file that builds or starts containers. File names are patterns with `*` that ignore case. The
 * client's list of the kinds, its file watchers and its activation events are generated from the table in `table.ts`.
 */
export interface Surface {
  readonly kind: string;
  /** IDs of languages whose documents are such files, regardless of name. This extension registers none of them. */
  readonly languageIds: readonly string[];
  /** IDs of other languages in which such files are opened; a document belongs to this kind only by its name. */
  readonly namedIn?: readonly string[];
  readonly names: readonly string[];
  /** Names that match `names` but are excluded: templates and backups. */
  readonly except: readonly string[];
  /** Opening a directory that contains such a file activates the extension. */
  readonly activates: boolean;
  /** Such a file defines how containers are started. */
  readonly starts: boolean;
  /**
   * Most files with these names have nothing to do with containers, so they are linked only to files in the same
   * directory.
   */
  readonly common?: boolean;
  /**
   * Files of other kinds also have these names, so a file is of this kind only if its content matches. Such files are
   * not used to find other files.
   */
  readonly byContent?: boolean;
  /** The characters that begin a comment. */
  readonly comment: "#" | "//";
  /** The language of code blocks for such files on the pages of the rules. */
  readonly pages: string;
  /** Recognizes a file of this kind by how its content begins, if its name does not match. */
  looksLike(text: string): boolean;
  /** Writes a file that starts one container and reads back as the spec. Absent if such files are not written. */
  render?(spec: ContainerSpec, name: string): string;
  /** False if the content certainly does not refer to another file, so the file need not be read to find links. */
  mayLink(text: string): boolean;
  /**
   * The parts that do not depend on one another; undefined if that is not certain. Absent if such files have no
   * parts.
   */
  parts?(text: string): readonly Part[] | undefined;
  /**
   * `read` returns the contents of other files by URI, or undefined if a file is absent. With `started`, the file is
   * read as its own tool starts it.
   */
  read(uri: string, text: string, read: (uri: string) => string | undefined, started?: Started): SurfaceFile;
}

/** How a project is started by its own tool, including what the project sets for itself, as in `.env`. */
export interface Started {
  /** URIs of files that are merged over this one, in this order; if absent, those that the tool finds. */
  readonly files?: readonly string[];
}
