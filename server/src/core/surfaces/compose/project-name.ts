import type { ComposeFile } from "./file";
import { valueIn } from "./items";

/**
 * The name of a compose project, by compose's own rules: COMPOSE_PROJECT_NAME from the `.env` file beside the first
 * file, then the top-level `name`, then the name of the directory (compose-go, cli/options.go).
 */
export function projectName(files: readonly ComposeFile[]): string {
  const [first] = files;
  const set = first?.variables?.values.get("COMPOSE_PROJECT_NAME");
  if (set) return normalName(set);
  const directory = first?.uri.split("/").at(-2) ?? "";
  const stated = files.flatMap(
    (file) => valueIn(file, file.entries(file.root).get("name")?.pair.value) ?? [],
  );
  return normalName(stated.at(-1) ?? decoded(directory));
}

/**
 * The name in lower case, with only letters, digits, dashes and underscores, and without dashes and underscores at
 * the beginning.
 */
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
