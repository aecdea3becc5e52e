import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { glob } from "tinyglobby";
import { URI } from "vscode-uri";
import { isDockerfile, isRunFile } from "./core/project";
import type { World } from "./lsp/world";

/** A workspace larger than this is looked at only where files are open or linked. */
const maxFiles = 5_000;
/** Files above this size are not ours: no Dockerfile or compose file is written by hand at 2 MB. */
const maxBytes = 2_000_000;

/** The disk, as the server and the CLI see it. */
export const nodeWorld: World = {
  readFile: async (uri) => {
    if (!uri.startsWith("file:")) return undefined;
    try {
      const bytes = await readFile(fileURLToPath(uri));
      // As editors do, without the byte order mark: offsets count from what follows it.
      return bytes.length > maxBytes ? undefined : new TextDecoder().decode(bytes);
    } catch {
      // Absent, a folder, no permission: to the core all of these are "not there".
      return undefined;
    }
  },
  findFiles: async (folder) => {
    if (!folder.startsWith("file:")) return [];
    const paths = await glob(["**/*"], {
      cwd: fileURLToPath(folder),
      absolute: true,
      dot: true,
      ignore: ["**/node_modules/**", "**/.git/**", "**/vendor/**"],
      followSymbolicLinks: false,
      onlyFiles: true,
      expandDirectories: false,
    });
    return paths
      .filter((path) => isDockerfile(path) || isRunFile(path))
      .slice(0, maxFiles)
      .map((path) => URI.file(path).toString());
  },
};
