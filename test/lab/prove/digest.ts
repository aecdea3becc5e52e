import type { Example } from "../../../server/src/core/lint/example";

/**
 * A digest of what the boot of an example depends on, which excludes indentation, marks and captions, as eight
 * hexadecimal digits.
 */
export function digestOf({ source, fixed, files, fixedFiles, target, boot }: Example): string {
  // The null keeps digests equal to those of boots that were recorded when an example could specify a path.
  return digest([plain(source), plain(fixed), all(files), all(fixedFiles), null, target, boot]);
}

/** The FNV-1a hash of a value that can be written as JSON, as eight hexadecimal digits. */
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
