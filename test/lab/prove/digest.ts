import type { Example } from "../../../server/src/core/lint/example";

/** Eight hexadecimal digits of what a boot of an example depends on: not of indentation, nor of marks and words. */
export function digestOf({ source, fixed, files, fixedFiles, target, boot }: Example): string {
  // The null keeps the digests of boots that were recorded when an example could name a path.
  return digest([plain(source), plain(fixed), all(files), all(fixedFiles), null, target, boot]);
}

/** Eight hexadecimal digits (FNV-1a) of a value that JSON can write. */
export function digest(value: unknown): string {
  const text = JSON.stringify(value);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}

function plain(text: string | undefined): string | undefined {
  return text
    ?.split("\n")
    .filter((line) => !/^\s*#(\s*\^|<)/.test(line))
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

function all(files: Example["files"]): unknown {
  return files && Object.entries(files).map(([path, text]) => [path, plain(text)]);
}
