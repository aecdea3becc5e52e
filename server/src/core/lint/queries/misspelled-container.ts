import { distance } from "fastest-levenshtein";
import type { Image } from "../../image/image";

/** Whether the variable is set for init: by the image, its base image, or (misspelled) by what another rule fixes. */
export function setsContainer(image: Image): boolean {
  const isSet = image.env.has("container") || image.base?.env?.container !== undefined;
  return isSet || misspelledContainer(image) !== undefined;
}

/** A name with more typos is another name. */
const mostErrors = 2;

/** Values that only make sense for `container`: the engines that systemd knows. */
const engines = new Set(["docker", "podman", "oci", "lxc", "systemd-nspawn"]);

/**
 * A misspelling of the variable `container`: lower case, one or two typos away, and set to the name of an engine.
 * `containers` is not one.
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
