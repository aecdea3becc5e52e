import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Snapshot } from "../../core/base/snapshot";
import type { Launch } from "../../core/project/plans";
import type { FileKind } from "../../core/surfaces/files";
import type { Started } from "../../core/surfaces/surface";
import { texts } from "../texts";
import { type Place, readInputs } from "./files";
import type { InputFile } from "./input-file";

/** A file, and the stage or service in it that is requested. */
export interface NamedInput {
  /** The first file, if there are several. */
  readonly file: InputFile;
  readonly snapshot: Snapshot;
  /** Set if the files to merge are given explicitly. */
  readonly started?: Started;
  /** The requested stage or service. */
  readonly name: string | undefined;
  /** Returns the arguments that request another stage or service. */
  asked(name: string | undefined): string;
}

/** Whether a path, with or without a name after it, exists. */
export function isPath(given: string, { cwd }: Pick<Place, "cwd">): boolean {
  return existsSync(resolve(cwd, nameIn(given, { cwd }).path));
}

/** Splits a path from the name of a stage or service after its last #. */
function nameIn(
  given: string,
  { cwd }: Pick<Place, "cwd">,
): { readonly path: string; readonly name?: string } {
  const named = existsSync(resolve(cwd, given)) ? null : /^(.*[^/])#([^#/]+)$/.exec(given);
  const [, path = given, name] = named ?? [];
  return { path, name };
}

/**
 * The one file that a path names, and the name after it. If there is none or more than one, reports why. A file with
 * a # in its own name is matched by its full name first.
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

/** The one launch that is requested. If there is none or more than one, reports why. */
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
