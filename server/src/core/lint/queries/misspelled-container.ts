import { distance } from "fastest-levenshtein";
import type { Image } from "../../image/image";

/** A name with more typing errors is another name. */
const mostErrors = 2;

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
    if (isTypo(name)) return name;
  }
  return undefined;
}

function isTypo(name: string): boolean {
  const meant = "container";
  return Math.abs(name.length - meant.length) <= mostErrors && distance(name, meant) <= mostErrors;
}
