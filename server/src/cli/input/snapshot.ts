import { fileURLToPath } from "node:url";
import { URI } from "vscode-uri";
import type { Snapshot } from "../../core/base/snapshot";
import { isRunFile } from "../../core/surfaces/files";
import { type Disk, remembered } from "./disk";
import { type NamedFile, textOf } from "./input-file";
import { projectFilesNear } from "./project-files";

/** Presents the disk as a snapshot. It lists the given run files and Dockerfiles, plus those in the same projects. */
export function openSnapshot(files: readonly NamedFile[], cwd: string, disk: Disk): Snapshot {
  const own = new Map(files.map((file) => [file.uri, file]));
  const read = remembered((uri) => {
    const file = own.get(uri);
    if (file) return textOf(file.read());
    return uri.startsWith("file:") ? textOf(disk.read(fileURLToPath(uri))) : undefined;
  });
  const runFiles = new Set(files.filter((file) => file.kind() === "compose").map(({ uri }) => uri));
  const paths = files.map(({ path }) => path);
  const dockerfiles = new Set(files.filter((file) => file.kind() === "dockerfile").map(({ uri }) => uri));
  for (const near of projectFilesNear(paths, cwd, disk)) {
    const uri = URI.file(near).toString();
    (isRunFile(near) ? runFiles : dockerfiles).add(uri);
  }
  return { runFiles: [...runFiles], dockerfiles: [...dockerfiles], read };
}
