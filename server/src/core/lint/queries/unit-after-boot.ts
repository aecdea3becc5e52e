import type { ImageSubject } from "../../project/subject";
import type { FileEdit } from "../rule";
import type { ScriptFile } from "./entry-file";
import { type ProgramUnit, unitAfterBoot } from "./unit-of-program";

/** A new unit, and the edits that create it and enable it in the image. */
interface AddedUnit {
  readonly name: string;
  readonly edits: readonly FileEdit[];
}

const scriptName = "after-boot.sh";

/** The unit for part of a start script. The part is moved into a separate script next to the original. */
export function scriptUnit(
  subject: ImageSubject,
  { text }: ScriptFile,
  part: string,
  directory: string,
): AddedUnit | undefined {
  const [, shebang = "#!/bin/sh"] = /^(#![^\r\n]*)/.exec(text) ?? [];
  const options = [...text.matchAll(/^set [-+][^\r\n]*/gm)].map(([line]) => line);
  const interpreter = shebang.slice(2).trim().split(/\s+/);
  const source = [shebang, ...options, part.replace(/^(\r?\n)+/, "")].join("\n");
  const path = `/usr/local/bin/${scriptName}`;
  const unit = unitAfterBoot(subject.image, [...interpreter, path], source);
  const script = fileOf(subject, `${directory}${scriptName}`, source);
  const added = addUnit(subject, unit, directory, [`COPY ${directory}${scriptName} /usr/local/bin/`]);
  return script && added && { name: unit.name, edits: [...added, script] };
}

/** The unit for part of a script that the Dockerfile passes to a shell. */
export function shellUnit(subject: ImageSubject, part: string): AddedUnit | undefined {
  const unit = unitAfterBoot(subject.image, ["/bin/sh", "-c", part], part);
  const edits = addUnit(subject, unit, "", []);
  return edits && { name: unit.name, edits };
}

function addUnit(
  subject: ImageSubject,
  { name, text }: ProgramUnit,
  directory: string,
  copies: readonly string[],
): FileEdit[] | undefined {
  const unit = fileOf(subject, `${directory}${name}`, text);
  if (!unit) return undefined;
  const lines = [...copies, `COPY ${directory}${name} /etc/systemd/system/`, `RUN systemctl enable ${name}`];
  const { uri, image } = subject;
  return [...image.edit.insert(lines.join("\n"), "before-program").map((edit) => ({ ...edit, uri })), unit];
}

/** The edit that creates a file in the build context; undefined if the file already exists. */
function fileOf({ readFile, fileUri }: ImageSubject, path: string, text: string): FileEdit | undefined {
  if (readFile(path) !== undefined) return undefined;
  return { uri: fileUri(path), create: true, span: { start: 0, end: 0 }, text };
}
