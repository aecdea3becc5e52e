import type { Image } from "../../image/image";

/** Values that only make sense for `container`: the engines that systemd knows. */
const engines = new Set(["docker", "podman", "oci", "lxc", "systemd-nspawn"]);

/**
 * A variable that was meant to be `container`: lower case, one or two typing errors away, and set to an
 * engine's name. `containers` is a word of its own.
 */
export function misspelledContainer(image: Image): string | undefined {
  if (image.env.has("container")) return undefined;
  for (const [name, { value }] of image.env) {
    if (name === "containers" || name !== name.toLowerCase() || !engines.has(value ?? "")) continue;
    const distance = editDistance(name, "container");
    if (distance > 0 && distance <= 2) return name;
  }
  return undefined;
}

/** Levenshtein distance, bounded by the length of short names. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
