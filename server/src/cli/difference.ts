import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { visible } from "../core/base/visible";
import type { InputFile } from "./input/input-file";
import { mark } from "./input/read-text";

/** The difference between a file and its new text, as a unified diff. */
export function difference(file: InputFile, text: string): string {
  const name = visible(file.name);
  const start = file.bom ? mark : "";
  return createTwoFilesPatch(name, name, start + file.text, start + text, "", "", {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
