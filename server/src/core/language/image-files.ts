import { withoutTrailing } from "../base/text";
import { type UnitFile, unitFiles } from "../image/unit-files";
import { unitName } from "../image/units";
import { writtenFiles } from "../image/written-files";
import type { ImageSubject } from "../project/subject";
import type { Target } from "./mention";

/**
 * The file in the build context that becomes a path in the image; it can be in a directory that is copied in full.
 */
export function sourceOf(subject: ImageSubject, path: string): Target | undefined {
  const written = writtenFiles(subject).findLast((file) => file.path === path);
  if (written) return targetOf(subject, written);
  for (const { sources, destination, fromStage } of subject.image.copies.toReversed()) {
    const folder = withoutTrailing(destination, "/");
    if (fromStage !== undefined || !path.startsWith(`${folder}/`)) continue;
    const rest = path.slice(folder.length + 1);
    const source = sources
      .filter((each) => !/[*?[]|:\/\//.test(each))
      .map((each) => `${withoutTrailing(each, "/")}/${rest}`)
      .find((each) => subject.readFile(each) !== undefined);
    if (source !== undefined) return { uri: subject.fileUri(source) };
  }
  return undefined;
}

/** Where a unit's file is: in the build context or in the Dockerfile. */
export function unitTarget(subject: ImageSubject, written: string): Target | undefined {
  const unit = unitName(written);
  const at = unit.indexOf("@");
  const template = at === -1 ? unit : unit.slice(0, at + 1) + unit.slice(unit.lastIndexOf("."));
  const file = unitFiles(subject).findLast(
    (each) => !each.path.endsWith(".conf") && [unit, template].includes(each.unit),
  );
  return file && targetOf(subject, file);
}

function targetOf(
  subject: ImageSubject,
  { source, span, text }: Pick<UnitFile, "source" | "span"> & { readonly text?: string },
): Target | undefined {
  if (source !== undefined) return text === undefined ? undefined : { uri: subject.fileUri(source) };
  return span && { uri: subject.uri, span };
}
