import type { ImageSubject } from "../../project/subject";
import { type ProgramUnit, unitOfProgram, unitsFor } from "./unit-of-program";

/** The units that start a program, either existing or new. */
export interface StartingUnits {
  readonly names: readonly string[];
  /** The name and the content of the file for a new unit. */
  readonly file?: string;
  readonly text?: string;
}

/** The units of the image that start a program; otherwise a new one. */
export function startingUnits({ image, readFile }: ImageSubject, words: readonly string[]): StartingUnits {
  const own = unitsFor(image, words, readFile);
  return own === undefined ? newUnit(unitOfProgram(image, words, readFile)) : { names: own.split(" ") };
}

export function newUnit({ name, text }: ProgramUnit): StartingUnits {
  return { names: [name], file: name, text };
}

/** Whether the file of a unit already exists, so that it cannot be written. */
export function isThere({ readFile }: ImageSubject, { file }: StartingUnits): boolean {
  return file !== undefined && readFile(file) !== undefined;
}

/** The file to create for a new unit; empty if the units exist. */
export function createdFiles({ fileUri }: ImageSubject, { file, text = "" }: StartingUnits) {
  return file === undefined ? [] : [{ uri: fileUri(file), text }];
}

/** The instruction that copies a new unit; empty if the units exist. */
export function copyLines({ file }: StartingUnits): string[] {
  return file === undefined ? [] : [`COPY ${file} /etc/systemd/system/`];
}

/** The instructions that copy and enable units. */
export function installLines(units: StartingUnits): string[] {
  return [...copyLines(units), `RUN systemctl enable ${units.names.join(" ")}`];
}
