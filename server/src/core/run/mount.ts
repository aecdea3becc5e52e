import type { Mount } from "./run";

/** `[SOURCE:]TARGET[:MODE]`; the colon of a Windows drive or of a variable does not separate. */
export function readMount(text: string): Mount {
  const parts = partsOf(text);
  if (parts.length === 1) return { type: "volume", target: plainPath(parts[0] as string), readOnly: false };
  const [source = "", target = "", ...modes] = parts;
  const all = modes.join(",").split(",");
  const options = all.filter((mode) => mode !== "" && mode !== "ro" && mode !== "rw");
  return {
    type: isPath(source) ? "bind" : "volume",
    source,
    target: plainPath(target),
    readOnly: all.includes("ro"),
    ...(options.length > 0 && { options }),
  };
}

/** What colons separate, without empty parts. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  const lastBrace = text.lastIndexOf("}");
  let start = 0;
  const close = (end: number) => {
    if (end > start) parts.push(text.slice(start, end));
    start = end + 1;
  };
  for (let at = /^[A-Za-z]:[\\/]/.test(text) ? 2 : 0; at < text.length; at++) {
    if (text[at] === ":") close(at);
    else if (text.startsWith("${", at) && at < lastBrace) at = text.indexOf("}", at);
  }
  close(text.length);
  return parts.length > 0 ? parts : [text];
}

/** A source with a path's first character is bound, any other names a volume. */
function isPath(source: string): boolean {
  return /^([./~\\$]|[A-Za-z]:[\\/])/.test(source);
}

/** A path inside the container, without a slash at its end. */
export function plainPath(path: string): string {
  return path.length > 1 ? path.replace(/(?<=.)\/$/, "") : path;
}
