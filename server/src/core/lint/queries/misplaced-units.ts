import { shellGlob } from "../../base/glob";
import { lastSegment, withoutTrailing } from "../../base/text";
import type { CopyInstruction, Instruction } from "../../image/image";
import { type BuiltImage, writtenFiles } from "../../image/written-files";
import { unitReadFrom } from "../../systemd/unit-directories";

/** A unit file in a directory from which systemd does not read system units. */
export interface MisplacedUnit {
  readonly unit: string;
  readonly directory: string;
  readonly instruction: Instruction;
  /** The destination as written in the instruction, a directory or a file. */
  readonly destination: string;
}

const unitName = /\.(service|socket|target|timer|mount|automount|path|slice)$/;
/** Directories that are often mistaken for the similar ones that systemd reads (systemd.unit(5)). */
const mistaken =
  /^\/(etc|run|(usr\/(local\/)?)?lib)\/systemd(\/(user|units?|services?|systemd?\/services?))?$|^\/etc\/init(\.d)?$|^\/(etc|(usr\/)?lib)\/system$/;

/**
 * Unit files that the Dockerfile puts only into such directories and into none that systemd reads. Each unit is
 * listed once.
 */
export function misplacedUnits(built: BuiltImage, enabled: readonly string[]): MisplacedUnit[] {
  const files = writtenFiles(built);
  const written = files.flatMap(({ path, instruction }): MisplacedUnit[] => {
    const unit = lastSegment(path);
    const directory = path.slice(0, -unit.length - 1);
    return unitName.test(unit) && instruction.keyword === "RUN" && mistaken.test(directory)
      ? [{ unit, directory, instruction, destination: path }]
      : [];
  });
  const copied = built.image.copies.filter(isMistaken).flatMap((copy) => inCopy(copy, built, enabled));
  if (written.length === 0 && copied.length === 0) return [];
  const inPlace = new Set(files.flatMap(({ path }) => unitReadFrom(path) ?? []));
  // A later command that takes the file from there may put it where systemd reads it.
  const taken = new Set(
    built.image.runs.flatMap(({ script }) =>
      script.flatMap(({ words }) =>
        words.slice(1).flatMap((word) => (word?.startsWith("/") ? [withoutTrailing(word, "/")] : [])),
      ),
    ),
  );
  const found = new Map<string, MisplacedUnit>();
  for (const one of [...written, ...copied]) {
    const { unit, directory } = one;
    if (inPlace.has(unit) || found.has(unit)) continue;
    if (
      one.instruction.keyword !== "RUN" &&
      [directory, `${directory}/${unit}`].some((path) => taken.has(path))
    )
      continue;
    found.set(unit, one);
  }
  return [...found.values()];
}

/** Whether a COPY writes to such a directory or to a unit file in one. */
function isMistaken({ destination }: CopyInstruction): boolean {
  const path = withoutTrailing(destination, "/");
  return mistaken.test(unitName.test(path) ? path.slice(0, -lastSegment(path).length - 1) : path);
}

function inCopy(copy: CopyInstruction, built: BuiltImage, enabled: readonly string[]): MisplacedUnit[] {
  const { destination, sources, heredocs, fromStage } = copy;
  const path = withoutTrailing(destination, "/");
  const of = (unit: string, directory: string) => ({ unit, directory, instruction: copy, destination });
  if (unitName.test(path)) {
    const unit = lastSegment(path);
    return [of(unit, path.slice(0, -unit.length - 1))];
  }
  const names = [...sources.map(lastSegment), ...heredocs.map(({ name }) => name)];
  const named = names.filter((name) => unitName.test(name) && !/[*?[]/.test(name));
  const found = fromStage === undefined ? enabled.filter((unit) => isIn(sources, unit, built)) : [];
  return [...named, ...found].map((unit) => of(unit, path));
}

/** Whether a unit is in a copied directory or matches a pattern among the sources. */
function isIn(sources: readonly string[], unit: string, { readFile }: BuiltImage): boolean {
  return sources.some((source) => {
    if (/:\/\//.test(source) || (unitName.test(source) && !/[*?[]/.test(source))) return false;
    const slash = source.lastIndexOf("/") + 1;
    if (/[*?[]/.test(source))
      return shellGlob(source.slice(slash))(unit) && readFile(source.slice(0, slash) + unit) !== undefined;
    return readFile(`${withoutTrailing(source, "/")}/${unit}`.replace(/^\.?\//, "")) !== undefined;
  });
}
