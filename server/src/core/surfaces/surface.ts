import type { Problem } from "../base/problem";
import type { Span } from "../base/text";
import type { ContainerFile, ContainerSource } from "../container/source";
import type { ContainerSpec } from "../container/spec";
import type { Dockerfile } from "../image/image";
import type { KeyPlace } from "../yaml/key-place";

/** A file as its surface reads it. Reading never throws. */
export interface SurfaceFile extends ContainerFile {
  /** What the file builds, where it is a Dockerfile. */
  readonly dockerfile?: Dockerfile;
  /** Containers of which only comments show how they are started: they are linted, and nothing starts them. */
  readonly remarked?: readonly ContainerSource[];
  /** What is wrong with the form of the file: it is not edited unasked then. */
  problems(): readonly Problem[];
  /** What an ignore comment that ends at `offset` covers: the instruction or key that follows, with all below it. */
  regionAfter(offset: number): Span;
  /**
   * The offset above whose line a comment about `offset` can stand: itself, or the start of what it is in. Undefined
   * where no comment can stand.
   */
  commentPlace(offset: number): number | undefined;
  /** What of the keys and values of the file an offset is in; absent where the file is not made of them. */
  keyAt?(offset: number): KeyPlace | undefined;
}

/**
 * A file of which all but one of its containers are left out, so that what is made of it depends on the others no more.
 * What is beside the containers is in each part.
 */
export interface Part {
  readonly text: string;
  /** Where its container is in this text. */
  readonly from: number;
  readonly to: number;
  /** Where its container begins in the file. */
  readonly start: number;
  /** Where that begins in the file which follows on all containers. */
  readonly after: number;
}

/**
 * A kind of file that builds or starts containers. Names of files are patterns with `*`, matched in
 * any case. The client's part of the table, the settings of its watchers and its activation events are generated.
 */
export interface Surface {
  readonly kind: string;
  /** Language ids whose documents are such files, whatever their names; we register none of them. */
  readonly languageIds: readonly string[];
  /** Language ids of others under which such files are opened: a document is one by its name alone. */
  readonly namedIn?: readonly string[];
  readonly names: readonly string[];
  /** Names that are not meant although `names` has them: templates, backups. */
  readonly except: readonly string[];
  /** Opening a directory that contains such a file starts the extension. */
  readonly activates: boolean;
  /** Such a file defines how containers are started. */
  readonly starts: boolean;
  /** Most files of these names have nothing to do with containers: others are linked to those only that are beside them. */
  readonly common?: boolean;
  /**
   * Files of other kinds have these names too: a file is one only if it looks like one. Such a file names no other file
   * that is to be found by it.
   */
  readonly byContent?: boolean;
  /** What begins a comment. */
  readonly comment: "#" | "//";
  /** The language of its code blocks on the pages of the rules. */
  readonly pages: string;
  /** Recognises a file of another name by its beginning. */
  looksLike(text: string): boolean;
  /** Writes a file that starts one container; it reads back as the spec. Absent where no such file is written. */
  render?(spec: ContainerSpec, name: string): string;
  /** False where the text certainly names no other file: such a file need not be read to find links. */
  mayLink(text: string): boolean;
  /** The parts that say nothing of one another; undefined where that is not certain. Absent where files have none. */
  parts?(text: string): readonly Part[] | undefined;
  /**
   * `read` gives the texts of other files by URI, undefined for one that is absent. With `started` the file is read
   * as its own tool starts it.
   */
  read(uri: string, text: string, read: (uri: string) => string | undefined, started?: Started): SurfaceFile;
}

/** How a project is started by its own tool: with what the project sets for itself, as in `.env`. */
export interface Started {
  /** URIs of files that are merged over this one, in this order; where not stated, those that the tool finds. */
  readonly files?: readonly string[];
}
