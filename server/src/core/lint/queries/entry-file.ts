import type { BootDetection } from "../../boot/detect";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";

/** The entry script and its location: in a file of the build context, or in a heredoc of the Dockerfile. */
export interface ScriptFile {
  readonly uri: string;
  readonly text: string;
  readonly offset: number;
}

/** The detected entry script; undefined if no file contains it as one unchanged piece. */
export function scriptFile(
  subject: Pick<ImageSubject, "uri" | "image" | "readFile"> & {
    fileUri(path: string): string | undefined;
  },
  { path, name }: Pick<NonNullable<BootDetection["script"]>, "path" | "name">,
): ScriptFile | undefined {
  if (path !== undefined) {
    const text = subject.readFile(path);
    const uri = subject.fileUri(path);
    return text === undefined || uri === undefined ? undefined : { uri, text, offset: 0 };
  }
  const file = writtenFiles(subject).findLast((written) => written.path === name);
  if (!file?.span || file.text === undefined) return undefined;
  if (subject.image.text.slice(file.span.start, file.span.end) !== file.text) return undefined;
  return { uri: subject.uri, text: file.text, offset: file.span.start };
}
