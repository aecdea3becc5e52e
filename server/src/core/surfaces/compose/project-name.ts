import { resolveUri } from "../../base/uri";
import type { YamlFile } from "../../yaml/document";
import { valueIn } from "./items";

/**
 * The name of a compose project, by compose's own rule: COMPOSE_PROJECT_NAME, here of the `.env` file beside
 * the first file, then the top-level `name`, then the directory's name (compose-go, cli/options.go).
 */
export function projectName(files: readonly YamlFile[], read: (uri: string) => string | undefined): string {
  const [first] = files;
  const directory = first?.uri.split("/").at(-2) ?? "";
  const stated = files.flatMap(
    (file) => valueIn(file, file.entries(file.root).get("name")?.pair.value) ?? [],
  );
  return normalName(fromEnvironment(first, read) ?? stated.at(-1) ?? decoded(directory));
}

function fromEnvironment(
  first: YamlFile | undefined,
  read: (uri: string) => string | undefined,
): string | undefined {
  const uri = first && resolveUri(first.uri, ".env");
  const text = uri === undefined ? undefined : read(uri);
  const [, value] =
    /^[ \t]*(?:export[ \t]+)?COMPOSE_PROJECT_NAME[ \t]*=[ \t]*["']?([\w-]+)/m.exec(text ?? "") ?? [];
  return value;
}

/** Lower case letters, digits, dashes and underscores, of which the last two do not come first. */
function normalName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
