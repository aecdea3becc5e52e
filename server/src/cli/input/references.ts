import { interpolate } from "../../core/boot/argv";
import { isImage, seenReference } from "../../core/image/base-images";
import { lint } from "../../core/lint/lint";
import { buildLinks } from "../../core/project/links";
import { keptFile } from "../../core/surfaces/files";
import type { OpenInputs } from "./files";
import type { InputFile } from "./input-file";

/**
 * The images named in FROM, `image:` and run commands, without duplicates and without those that depend on a
 * variable.
 */
export function referencesIn(file: InputFile, { snapshot }: Pick<OpenInputs, "snapshot">): string[] {
  const read = keptFile(file, snapshot.read);
  const stages = (read?.dockerfile?.stages ?? []).map((_, at) => read?.dockerfile?.image(String(at)));
  const named = [
    ...stages.flatMap((stage) => stage?.baseReference ?? []),
    ...(read?.containers ?? []).flatMap(({ spec, build }) =>
      spec.image === undefined || build ? [] : interpolate(spec.image),
    ),
  ];
  return [...new Set(named)].filter(isImage);
}

/** The images that lint could check better if they were inspected. */
export function unknownReferences(
  files: readonly InputFile[],
  { snapshot }: Pick<OpenInputs, "snapshot">,
): string[] {
  const found = new Set<string>();
  const read = (uri: string) => {
    const reference = seenReference(uri);
    if (reference !== undefined) found.add(reference);
    return snapshot.read(uri);
  };
  const project = { snapshot: { ...snapshot, read }, links: buildLinks(snapshot) };
  const settings = { rules: {}, target: undefined };
  for (const file of files) lint({ ...file, ...project, settings, withoutFixes: true });
  return [...found];
}
