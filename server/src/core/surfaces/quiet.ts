import type { SurfaceFile } from "./surface";

/** Words without which nothing in a file speaks of systemd: what it is called, what it needs, images that boot it. */
const words = /systemd|cgroup|\binit\b|RTMIN|SYS_ADMIN|docker-\w+-ansible|\bdokken\b|\bkindest\//i;

/**
 * Reads a file of a kind that mostly has nothing to do with systemd: one that does not mention it is not read, and nothing
 * is reported there.
 */
export function unlessQuiet(text: string, read: () => SurfaceFile): SurfaceFile {
  return words.test(text) ? read() : quietFile(text);
}

/** A file in which nothing is of interest. */
function quietFile(text: string): SurfaceFile {
  return {
    containers: [],
    includes: [],
    problems: () => [],
    regionAfter: () => ({ start: text.length, end: text.length }),
    commentPlace: (offset) => offset,
  };
}
