import type { Mount } from "./run";

/** `[SOURCE:]TARGET[:MODE]`; the colon of a Windows drive or of a variable does not separate. */
export function readMount(text: string): Mount {
  const parts = text.match(/(?:^[A-Za-z]:(?=[\\/])|\$\{[^}]*\}|[^:])+/g) ?? [text];
  if (parts.length === 1) return { type: "volume", target: plainPath(parts[0] as string), readOnly: false };
  const [source = "", target = "", ...modes] = parts;
  const readOnly = modes.join(",").split(",").includes("ro");
  return { type: isPath(source) ? "bind" : "volume", source, target: plainPath(target), readOnly };
}

/** A source with a path's first character is bound, any other names a volume. */
function isPath(source: string): boolean {
  return /^([./~\\$]|[A-Za-z]:[\\/])/.test(source);
}

/** A path inside the container, without a slash at its end. */
export function plainPath(path: string): string {
  return path.length > 1 ? path.replace(/(?<=.)\/$/, "") : path;
}
