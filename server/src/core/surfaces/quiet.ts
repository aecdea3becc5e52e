import type { SurfaceFile } from "./surface";

/** Words that indicate that a file concerns systemd: its names, what it needs, and images that boot it. */
const words =
  /systemd|cgroup|\binit\b|RTMIN|SYS_ADMIN|docker-\w+-ansible|\bdokken\b|\bkindest\/|\bfreeipa-server\b/i;

/**
 * Reads a file of a kind that rarely concerns systemd. If its content does not mention systemd, the file is not read
 * and nothing is reported in it.
 */
export function unlessQuiet(text: string, read: () => SurfaceFile): SurfaceFile {
  return words.test(text) ? read() : quietFile(text);
}

/** A file that contains nothing of interest. */
function quietFile(text: string): SurfaceFile {
  return {
    containers: [],
    includes: [],
    problems: () => [],
    regionAfter: () => ({ start: text.length, end: text.length }),
    commentPlace: (offset) => offset,
  };
}
