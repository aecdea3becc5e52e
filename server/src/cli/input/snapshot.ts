import { fileURLToPath } from "node:url";
import { URI } from "vscode-uri";
import type { Snapshot } from "../../core/base/snapshot";
import type { InputFile } from "./input-file";
import { readText } from "./read-text";
import { runFilesNear } from "./run-files";

/** The disk as a snapshot. Run files are those given, and those of the projects of what is given. */
export function openSnapshot(files: readonly InputFile[], cwd: string): Snapshot {
  const texts = new Map<string, string | undefined>(files.map(({ uri, text }) => [uri, text]));
  const runFiles = new Set(files.filter(({ kind }) => kind === "compose").map(({ uri }) => uri));
  const paths = files.map(({ path }) => path);
  for (const near of runFilesNear(paths, cwd)) runFiles.add(URI.file(near).toString());
  return {
    runFiles: [...runFiles],
    read: (uri) => {
      if (!texts.has(uri) && uri.startsWith("file:")) {
        const read = readText(fileURLToPath(uri));
        texts.set(uri, read !== "large" && "text" in read ? read.text : undefined);
      }
      return texts.get(uri);
    },
  };
}
