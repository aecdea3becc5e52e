import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { kindOfName } from "../../server/src/core/surfaces/files";

/** Larger files are not files that people write, in bytes. */
const largest = 200_000;

/** The Dockerfiles of a directory and those below it, in the order of their paths. */
export function dockerfilesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && kindOfName(entry.name) === "dockerfile")
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size < largest)
    .sort();
}
