import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { once } from "../../core/base/once";
import { maxFileBytes } from "../../core/lint/not-linted";
import type { FileKind } from "../../core/surfaces/files";
import { isTerminal } from "../is-terminal";
import type { Terminal } from "../terminal";
import { texts } from "../texts";
import { openDisk } from "./disk";
import { inputsOf, type OpenInputs, openInputs } from "./files";
import { namedFile } from "./input-file";
import { type Option, UsageError } from "./options";
import { readChunk } from "./read-chunk";
import { decode, type Read } from "./read-text";
import { reason } from "./reason";

/** The path that standard input is treated as. */
export const stdinFilename = { type: "string", value: "PATH" } as const satisfies Option;

interface Values {
  readonly kind?: FileKind;
  readonly "stdin-filename"?: string;
}

/** Whether the input is standard input. Throws a `UsageError` if `-` is combined with other paths. */
function isStdin(paths: readonly string[], { "stdin-filename": filename }: Values): boolean {
  if (!paths.includes("-")) {
    if (filename === undefined) return false;
    throw new UsageError(texts.needsStdin);
  }
  if (paths.length > 1) throw new UsageError(texts.onlyStdin);
  if (filename === "") throw new UsageError(texts.emptyPath);
  return true;
}

/**
 * Opens the files at the paths, or one file from standard input. The latter is treated as the file given with
 * `--stdin-filename`, whether it exists or not, or as a file of unknown kind in the working directory.
 */
export function openPathsOrStdin(
  paths: readonly string[],
  values: Values,
  terminal: Terminal,
): OpenInputs & { readonly piped: boolean } {
  const piped = isStdin(paths, values);
  if (!piped) return { ...openInputs(paths, values.kind, terminal), piped };
  const descriptor = terminal.stdin ?? 0;
  if (isTerminal(descriptor)) terminal.err(`${texts.fileFromTerminal}\n`);
  const name = values["stdin-filename"] ?? "-";
  const named = resolve(terminal.cwd, name);
  const file = namedFile(
    { name, path: withoutLinks(named), named },
    values.kind,
    once(() => readDescriptor(descriptor)),
  );
  return { ...inputsOf([file], false, openDisk(), terminal), piped };
}

/** Reads everything from a descriptor, up to 1 MB. The rest is not read. */
function readDescriptor(descriptor: number): Read {
  const buffer = Buffer.allocUnsafe(maxFileBytes + 1);
  let length = 0;
  try {
    while (length < buffer.length) {
      const count = readChunk(descriptor, buffer, length);
      if (count === 0) return decode(buffer.subarray(0, length));
      length += count;
    }
    return "large";
  } catch (error) {
    return { why: reason(error) };
  }
}

/** A path with links resolved in the part of it that exists, so that it matches the paths of files beside it. */
function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(withoutLinks(folder), basename(path));
  }
}
