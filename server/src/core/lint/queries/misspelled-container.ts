import { distance } from "fastest-levenshtein";
import type { Image } from "../../image/image";

/**
 * Whether `container` is set for init: by the image, by its base image, or in a misspelled form that another rule
 * fixes. A variable whose name is unknown may be this one.
 */
export function setsContainer(image: Image): boolean {
  const isSet = image.env.has("container") || image.base?.env?.container !== undefined;
  const isUnknown = [...image.env.keys()].some((name) => name.includes("$"));
  return isSet || isUnknown || misspelledContainer(image) !== undefined;
}

/** The maximum number of typos; a name with more is assumed to be a different variable. */
const mostErrors = 2;

/** Values that only make sense for `container`: the container managers that systemd recognizes. */
const engines = new Set(["docker", "podman", "oci", "lxc", "systemd-nspawn"]);

/**
 * A misspelling of the variable `container`: in lower case, with one or two typos, and set to the name of an engine.
 * `containers` does not count as a misspelling.
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
