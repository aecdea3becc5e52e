import { fileURLToPath } from "node:url";
import { URI } from "vscode-uri";
import type { Snapshot } from "../../core/base/snapshot";
import { type Disk, remembered } from "./disk";
import { type NamedFile, textOf } from "./input-file";
import { runFilesNear } from "./run-files";

/** The disk as a snapshot. Run files are those given, and those of the projects of what is given. */
export function openSnapshot(files: readonly NamedFile[], cwd: string, disk: Disk): Snapshot {
  const own = new Map(files.map((file) => [file.uri, file]));
  const read = remembered((uri) => {
    const file = own.get(uri);
    if (file) return textOf(file.read());
    return uri.startsWith("file:") ? textOf(disk.read(fileURLToPath(uri))) : undefined;
  });
  const runFiles = new Set(files.filter((file) => file.kind() === "compose").map(({ uri }) => uri));
  const paths = files.map(({ path }) => path);
  for (const near of runFilesNear(paths, cwd, disk)) runFiles.add(URI.file(near).toString());
  return { runFiles: [...runFiles], read };
}
