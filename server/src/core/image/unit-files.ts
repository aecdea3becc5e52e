import { shellGlob } from "../base/glob";
import { grouped } from "../base/grouped";
import { onceFor } from "../base/once";
import { withoutTrailing } from "../base/text";
import { unitDirectories } from "../systemd/unit-directories";
import { readUnit, type Setting } from "../systemd/unit-text";
import type { CopyInstruction } from "./image";
import { enabledUnits } from "./units";
import { type BuiltImage, type WrittenFile, writtenFiles } from "./written-files";

/** A unit file, or a drop-in for one, that the Dockerfile adds to the image. */
export interface UnitFile extends WrittenFile {
  /** The unit that it belongs to: `app.service` for `app.service.d/override.conf`. */
  readonly unit: string;
  readonly text: string;
}

/**
 * The unit directories that an image can provide files in. /run is excluded because it is empty when a container
 * starts.
 */
const folders = unitDirectories.filter((directory) => !directory.startsWith("/run/"));

/** Matches the name of a unit file, or that of a drop-in below its unit. */
const unitPath = /^([^/]+?)(\.d\/[^/]+\.conf)?$/;

/** Matches a path in a directory of system units against `unitPath`. */
function unitIn(path: string): RegExpExecArray | undefined {
  const directory = unitDirectories.find((each) => path.startsWith(`${each}/`));
  return (directory !== undefined && unitPath.exec(path.slice(directory.length + 1))) || undefined;
}

/** How many enabled units are looked for in directories that the Dockerfile copies. */
const mostUnits = 20;

/** The name of a file that is directly in a directory of system units. */
export function unitAt(path: string): string | undefined {
  const [, name, dropIn] = unitIn(path) ?? [];
  return dropIn === undefined ? name : undefined;
}

/**
 * The system unit files whose content can be read: those copied by name, written by the Dockerfile, or, if they are
 * enabled, copied with their directory.
 */
export const unitFiles: (built: BuiltImage) => readonly UnitFile[] = onceFor(readUnitFiles);

function readUnitFiles(built: BuiltImage): UnitFile[] {
  const named = writtenFiles(built).flatMap((file) => toUnit(file) ?? []);
  const known = new Set(named.map(({ path }) => path));
  const units = enabledUnits(built.image).slice(0, mostUnits);
  const inFolders = built.image.copies
    .filter((copy) => copy.fromStage === undefined && copy.sources.some(mayHoldUnits))
    .flatMap((copy) => units.flatMap((unit) => fromFolder(built, copy, unit) ?? []));
  return [...named, ...inFolders.filter(({ path }) => !known.has(path))];
}

function toUnit(file: WrittenFile): UnitFile | undefined {
  const unit = unitIn(file.path)?.[1];
  return unit?.includes(".") && file.text !== undefined ? { ...file, unit, text: file.text } : undefined;
}

/**
 * Finds a unit among the files that a COPY adds as a directory or pattern: `units/ → /etc/systemd/system/`,
 * `*.service`, `rootfs/ → /`.
 */
function fromFolder(built: BuiltImage, copy: CopyInstruction, unit: string): UnitFile | undefined {
  const destination = withoutTrailing(copy.destination, "/");
  for (const folder of folders) {
    if (folder !== destination && !folder.startsWith(`${destination}/`)) continue;
    for (const source of copy.sources) {
      const place = placeIn(source, folder.slice(destination.length), unit);
      const text = place === undefined ? undefined : built.readFile(place);
      if (text !== undefined)
        return { path: `${folder}/${unit}`, text, unit, instruction: copy, source: place };
    }
  }
  return undefined;
}

/** Whether a source of a COPY is a directory or a pattern, judging by its name. */
function mayHoldUnits(source: string): boolean {
  if (/:\/\//.test(source)) return false;
  return /[*?[]/.test(source) || !/\.(service|socket|timer|target|mount|path|conf|sh)$/.test(source);
}

/** The path in the build context; undefined if a pattern does not match the unit. */
function placeIn(source: string, below: string, unit: string): string | undefined {
  if (!mayHoldUnits(source)) return undefined;
  if (!/[*?[]/.test(source)) return `${withoutTrailing(source, "/")}${below}/${unit}`.replace(/^\.?\//, "");
  const slash = source.lastIndexOf("/") + 1;
  if (below !== "" || /[*?[]/.test(source.slice(0, slash))) return undefined;
  return shellGlob(source.slice(slash))(unit) ? source.slice(0, slash) + unit : undefined;
}

/** The assignments of a unit file. */
export const settingsOf: (file: UnitFile) => readonly Setting[] = onceFor(({ text }) => readUnit(text));

/** A unit that starts at boot, with its files in the order in which systemd reads them. */
export interface StartedUnit {
  readonly unit: string;
  readonly files: readonly UnitFile[];
}

/** The enabled units whose file can be read; `app@1.service` uses the file `app@.service`. */
export const startedUnits: (built: BuiltImage) => readonly StartedUnit[] = onceFor(readStarted);

function readStarted(built: BuiltImage): StartedUnit[] {
  const byUnit = grouped(unitFiles(built), ({ unit }) => unit);
  return [...new Set(enabledUnits(built.image).map(template))].flatMap((unit) => {
    const files = byUnit.get(unit) ?? [];
    const isDropIn = ({ path }: UnitFile) => path.endsWith(".conf");
    const [main, dropIns] = [files.filter((file) => !isDropIn(file)), files.filter(isDropIn)];
    return main.length > 0 ? [{ unit, files: [...main, ...dropIns] }] : [];
  });
}

/** Returns `app@.service` for `app@one.service`. */
function template(unit: string): string {
  const at = unit.indexOf("@");
  return at === -1 ? unit : unit.slice(0, at + 1) + unit.slice(unit.lastIndexOf("."));
}

/** All values of a key in the files of a unit, after the last assignment that resets it. */
export function valuesOf({ files }: StartedUnit, key: string): string[] {
  const values = files.flatMap((file) => settingsOf(file).filter((setting) => setting.key === key));
  return values.slice(values.findLastIndex(({ value }) => value === "") + 1).map(({ value }) => value);
}
