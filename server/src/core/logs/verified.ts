import { grouped } from "../base/grouped";
import type { Snapshot } from "../base/snapshot";
import { lastSegment, type Span } from "../base/text";
import { resolveUri } from "../base/uri";
import { unitFiles as readableUnits } from "../image/unit-files";
import { writtenFiles } from "../image/written-files";
import { sourceOf } from "../language/image-files";
import type { ContainerSubject, ImageSubject } from "../project/subject";
import { unitDirectories } from "../systemd/unit-directories";
import { lineOf as lineOfInstruction, unitFiles } from "./blame";
import { lineOf, type Remark, unitAt } from "./remarks";
import type { Scene } from "./scene";
import { readVerdicts, settingOf } from "./verdicts";

/** A unit file in a container, and the project file that it comes from. */
export interface UnitSource {
  /** Absolute path in the container. */
  readonly path: string;
  readonly uri: string;
  /** The content of the unit file, if known, and the offset in the project file where it begins. */
  readonly text?: string;
  readonly offset: number;
  /** The line that adds the unit file to the container. */
  readonly origin?: { readonly uri: string; readonly span: Span };
}

/** A fault that the image's systemd found in a unit, and its location. */
export interface UnitFault {
  readonly unit: string;
  readonly says: string;
  /** The location in the container; absent if the fault concerns the entire unit. Line numbers start at 1. */
  readonly path?: string;
  readonly line?: number;
  /** The location in the project. */
  readonly place?: FaultPlace;
}

/** The location of a fault in the project. */
export interface FaultPlace {
  readonly uri: string;
  readonly span: Span;
  /** Whether it only shows where the unit is, because no line of it is known to be at fault. */
  readonly ofWholeUnit?: boolean;
}

/** The units of a container that come from the project. */
export interface ProjectUnits {
  /** Absolute paths in the container, one per unit, to be passed to `systemd-analyze verify`. */
  readonly paths: readonly string[];
  readonly sources: ReadonlyMap<string, readonly UnitSource[]>;
  /** Files that are mounted into the container and are therefore not in its image. */
  readonly mounted: readonly UnitSource[];
}

/**
 * The units that a container gets from the build of its image and from its mounts. `present` are the paths of the
 * image's unit files, which are needed to identify files that are copied as part of a directory.
 */
export function projectUnits(
  { image, run }: Scene,
  present: readonly string[],
  read: Snapshot["read"],
): ProjectUnits {
  const mounted = run ? mountedUnits(run, read) : [];
  const written = image ? [...writtenFiles(image), ...readableUnits(image)].map(({ path }) => path) : [];
  const names = [...present, ...written, ...mounted.map(({ path }) => path)].filter(isUnitFile).map(unitAt);
  const sources = new Map<string, readonly UnitSource[]>();
  for (const unit of new Set(names)) {
    const built = image ? [...builtUnits(unit, image), ...copiedDropIns(unit, image, read, present)] : [];
    const found = [...built, ...mounted.filter(({ path }) => unitAt(path) === unit)];
    if (found.length > 0) sources.set(unit, found);
  }
  const paths = [...sources].map(([unit, files]) => {
    const own = files.findLast(({ path }) => lastSegment(path) === unit);
    return own?.path ?? `/etc/systemd/system/${unit}`;
  });
  return { paths, sources, mounted };
}

function builtUnits(unit: string, image: ImageSubject): UnitSource[] {
  return unitFiles(unit, image).map(({ path, source, text, span, instruction }) => ({
    ...{ path, text: source === undefined && !span ? undefined : text },
    uri: source === undefined ? image.uri : image.fileUri(source),
    offset: span?.start ?? 0,
    origin: { uri: image.uri, span: lineOfInstruction(instruction) },
  }));
}

/** The drop-ins of a unit that are copied as part of a directory, found by their paths in the image. */
function copiedDropIns(
  unit: string,
  image: ImageSubject,
  read: Snapshot["read"],
  present: readonly string[],
): UnitSource[] {
  const paths = present.filter((path) => path.endsWith(".conf") && isUnitFile(path) && unitAt(path) === unit);
  return paths.flatMap((path): UnitSource[] => {
    const { uri, span } = sourceOf(image, path) ?? {};
    // `builtUnits` already returns the files that are written or copied by name.
    if (uri === undefined || span || writtenFiles(image).some((file) => file.path === path)) return [];
    return [{ path, uri, text: read(uri), offset: 0 }];
  });
}

/** Unit files that are mounted into the container individually. */
function mountedUnits({ uri, source }: ContainerSubject, read: Snapshot["read"]): UnitSource[] {
  return source.spec.mounts.flatMap((mount): UnitSource[] => {
    const { type, source: from, target: path } = mount;
    const at = type === "bind" && from !== undefined && isUnitFile(path) ? resolveUri(uri, from) : undefined;
    const text = at === undefined ? undefined : read(at);
    if (at === undefined || text === undefined) return [];
    const span = source.at({ key: "mounts", item: mount });
    return [{ path, uri: at, text, offset: 0, origin: span && { uri, span } }];
  });
}

/** Whether a path is that of a unit or drop-in in a directory that systemd reads. */
function isUnitFile(path: string): boolean {
  const folder = unitDirectories.find((each) => path.startsWith(`${each}/`));
  if (folder === undefined || folder.startsWith("/run/")) return false;
  const below = path.slice(folder.length + 1).split("/");
  const [name = "", file] = below;
  const isDropIn = below.length === 2 && name.endsWith(".d") && file?.endsWith(".conf") === true;
  return (below.length === 1 || isDropIn) && unitNames.test(unitAt(path));
}

const unitNames = /.\.(?:service|socket|target|timer|mount|automount|swap|path|slice)$/;

/** The paths to verify, one per unit, from the paths of an image whose project is unknown. */
export function unitsPresent(paths: readonly string[]): string[] {
  const byUnit = grouped(paths.filter(isUnitFile), unitAt);
  return [...byUnit].map(
    ([unit, files]) => files.find((path) => lastSegment(path) === unit) ?? `/etc/systemd/system/${unit}`,
  );
}

/** The output of `systemd-analyze verify` for a unit, with the path of the unit. */
export interface VerifiedUnit {
  readonly path: string;
  readonly output: string;
}

/**
 * The faults that `systemd-analyze verify` found in these units, without duplicates. Lines about other units, which
 * come from the base image or a package, are left out.
 */
export function readFaults(
  verified: readonly VerifiedUnit[],
  sources: ProjectUnits["sources"],
): readonly UnitFault[] {
  const units = new Set(verified.map(({ path }) => lastSegment(path)));
  const faults = new Map<string, UnitFault>();
  for (const { path, output } of verified) {
    for (const verdict of readVerdicts(lastSegment(path), output)) {
      const unit = [verdict.unit, templateOf(verdict.unit)].find((name) => units.has(name));
      const fault = unit === undefined ? undefined : faultOf(verdict, unit, sources.get(unit));
      if (fault) faults.set(JSON.stringify(fault), fault);
    }
  }
  return [...faults.values()];
}

function faultOf(
  verdict: Remark,
  unit: string,
  files: readonly UnitSource[] | undefined,
): UnitFault | undefined {
  const { says, path, line } = verdict;
  if (!files) return { unit, says, path, line };
  const place = placeOf(verdict, files, unit);
  return place && { unit, says, path, line, place };
}

/**
 * The name of a unit's template. systemd-analyze does not check a template itself, but an instance of it:
 * `app@i.service`, `app@test_instance.service`.
 */
function templateOf(unit: string): string {
  return unit.replace(/^([^@]+)@.*(\.\w+)$/, "$1@$2");
}

/** The location of a fault in the project; undefined if the file it is about does not come from the project. */
function placeOf(verdict: Remark, files: readonly UnitSource[], unit: string): FaultPlace | undefined {
  const { path, line } = verdict;
  if (path !== undefined) {
    const file = files.findLast((each) => sameFile(each.path, path));
    if (!file) return undefined;
    const span = line !== undefined && file.text !== undefined ? lineOf(file.text, line) : undefined;
    return span ? placed(file, span) : begin(file);
  }
  for (const file of files.toReversed()) {
    const setting = settingOf(verdict, file.text ?? "");
    if (setting) return placed(file, setting.span);
  }
  const own = files.findLast((each) => lastSegment(each.path) === unit);
  return own && begin(own);
}

/** Whether two paths name the same file, given that /lib can be a link to /usr/lib. */
function sameFile(one: string, other: string): boolean {
  return one.replace(/^\/lib\//, "/usr/lib/") === other.replace(/^\/lib\//, "/usr/lib/");
}

function placed({ uri, offset }: UnitSource, { start, end }: Span): FaultPlace {
  return { uri, span: { start: offset + start, end: offset + end } };
}

/** The first line that is not empty or, if the content is unknown, the line that creates the file. */
function begin(file: UnitSource): FaultPlace | undefined {
  const { text, origin } = file;
  if (text === undefined) return origin && { ...origin, ofWholeUnit: true };
  const line = text.split("\n").findIndex((each) => each.trim() !== "");
  return { ...placed(file, lineOf(text, line + 1) ?? { start: 0, end: 0 }), ofWholeUnit: true };
}
