import type { Changed, Unchanged } from "../../../server/src/core/convert/conversion";
import { defaultSettings } from "../../../server/src/core/lint/settings";
import type { FileContext } from "../../../server/src/core/project/subjects";

/** The place of files of the project. */
const folder = "file:///work/";

/** A file and those beside it, as conversions and the linter see them. */
export function contextOf(
  text: string,
  files: Readonly<Record<string, string>> = {},
  path = "Dockerfile",
): FileContext {
  const texts = new Map(
    Object.entries({ ...files, [path]: text }).map(([name, each]) => [folder + name, each]),
  );
  const uris = [...texts.keys()];
  const snapshot = {
    runFiles: uris.filter((uri) => /compose\.ya?ml$/.test(uri)),
    dockerfiles: uris.filter((uri) => uri.endsWith("Dockerfile")),
    read: (asked: string) => texts.get(asked),
  };
  return { uri: folder + path, text, snapshot, target: defaultSettings.target };
}

/** The files that a conversion changes and creates, by their paths. */
export function filesOf(result: Changed | Unchanged): Record<string, string> {
  if ("refused" in result) throw new Error(result.refused.key);
  const changed = result.changed.map(({ uri, after }) => [uri.slice(folder.length), after] as const);
  const created = result.created.map(({ uri, text }) => [uri.slice(folder.length), text] as const);
  return Object.fromEntries([...changed, ...created]);
}
