import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileKind } from "../../core/surfaces/files";

/** A file to judge. `name` is what the user called it, or that folder's name with the path below it. */
export interface InputFile {
  readonly name: string;
  /** Without links. */
  readonly path: string;
  readonly uri: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly kind: FileKind;
  readonly bom: boolean;
}

/** How a file is called that nobody named: its path from the working directory. */
export function nameFrom(cwd: string, uri: string): string {
  return relative(cwd, fileURLToPath(uri));
}
