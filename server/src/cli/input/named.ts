import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Snapshot } from "../../core/base/snapshot";
import type { Launch } from "../../core/project/plans";
import type { FileKind } from "../../core/surfaces/files";
import type { Started } from "../../core/surfaces/surface";
import { texts } from "../texts";
import { type Place, readInputs } from "./files";
import type { InputFile } from "./input-file";

/** A file, and what of it is meant. */
export interface NamedInput {
  /** The first one, where there are several. */
  readonly file: InputFile;
  readonly snapshot: Snapshot;
  /** Set where the files to be merged are stated. */
  readonly started?: Started;
  /** The requested stage or service. */
  readonly name: string | undefined;
  /** The arguments that request another one. */
  asked(name: string | undefined): string;
}

/** Whether a path, with or without a name behind it, leads to something. */
export function isPath(given: string, { cwd }: Pick<Place, "cwd">): boolean {
  return existsSync(resolve(cwd, nameIn(given, { cwd }).path));
}

/** The path, and the name of a stage or service behind its last #. */
function nameIn(
  given: string,
  { cwd }: Pick<Place, "cwd">,
): { readonly path: string; readonly name?: string } {
  const named = existsSync(resolve(cwd, given)) ? null : /^(.*[^/])#([^#/]+)$/.exec(given);
  const [, path = given, name] = named ?? [];
  return { path, name };
}

/**
 * The one file that a path names, and the name after it; reports why there is none, or more than one. A file whose
 * own name has a # is found by its whole name first.
 */
export function readNamed(
  given: string,
  kind: FileKind | undefined,
  terminal: Place,
): NamedInput | undefined {
  const { path, name } = nameIn(given, terminal);
  const { files, large, snapshot, failed } = readInputs([path], kind, terminal);
  const file = files[0];
  if (failed || !file) {
    if (large.length > 0) terminal.err(`${path}: ${texts.tooLarge}\n`);
    return undefined;
  }
  if (files.length > 1) {
    terminal.err(`${path}: ${texts.severalFiles(files.map((each) => each.name).join(", "))}\n`);
    return undefined;
  }
  return { file, snapshot, name, asked: (other) => `${file.name}#${other}` };
}

/** The one launch of a file that is meant; reports why there is none, or more than one. */
export function onlyLaunch(
  found: readonly Launch[],
  { file, name, asked }: NamedInput,
  terminal: Place,
): Launch | undefined {
  if (found.length === 1) return found[0];
  const names = found.map((launch) => launch.name).join(", ");
  const what = file.kind === "compose" ? "service" : file.kind === "dockerfile" ? "stage" : "container";
  const why =
    found.length > 1
      ? texts.severalServices(names, asked(found[0]?.name))
      : name
        ? texts.notFound(what, name)
        : texts.noneStarts(what);
  terminal.err(`${file.name}: ${why}\n`);
  return undefined;
}
