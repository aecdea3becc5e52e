import type { Mount, Tmpfs } from "./spec";

/** Reads `[SOURCE:]TARGET[:MODE]`. The colon of a Windows drive or of a variable is not a separator. */
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

/** Splits at colons and drops empty parts. */
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

/** A source that begins like a path is a bind mount; any other source is the name of a volume. */
function isPath(source: string): boolean {
  return /^([./~\\$]|[A-Za-z]:[\\/])/.test(source);
}

/** A path inside the container, without a trailing slash. */
export function plainPath(path: string): string {
  return path.length > 1 ? path.replace(/(?<=.)\/$/, "") : path;
}

/**
 * Whether a mount survives a round trip through the short form, which allows no path with a colon and no volume named
 * like a path.
 */
export function isShortMount(mount: Mount): boolean {
  const read = readMount(writeShortMount(mount));
  return mountKeys.every((key) => JSON.stringify(read[key]) === JSON.stringify(mount[key]));
}

const mountKeys = ["type", "source", "target", "readOnly", "recursive", "options"] as const;

/** A mount in the syntax of `-v`. */
export function writeShortMount({ source, target, readOnly, options = [] }: Mount): string {
  const modes = [...(readOnly ? ["ro"] : []), ...options];
  return [source, target, modes.length > 0 ? modes.join(",") : undefined]
    .filter((part) => part !== undefined)
    .join(":");
}

/** A mount in the syntax of `--mount`. */
export function writeLongMount({ type, source, target, readOnly, recursive, options = [] }: Mount): string {
  const propagation = options.find((option) => /^r?(private|shared|slave)$/.test(option));
  const fields = [
    `type=${type}`,
    source === undefined ? undefined : `source=${source}`,
    `target=${target}`,
    readOnly ? "readonly" : undefined,
    recursive === undefined ? undefined : `bind-recursive=${recursive}`,
    propagation === undefined ? undefined : `bind-propagation=${propagation}`,
    options.includes("nocopy") ? "volume-nocopy" : undefined,
  ];
  return fields
    .filter((field) => field !== undefined)
    .map(csvField)
    .join(",");
}

/** Reads the value of `--mount`, which is a mount or a tmpfs. */
export function readLongMount(value: string): Mount | Tmpfs {
  const fields = new Map(readCsv(value).map(readField));
  const first = (...names: string[]) =>
    names.map((name) => fields.get(name)).find((found) => found !== undefined);
  const target = first("target", "dst", "destination") ?? "";
  if (fields.get("type") === "tmpfs") {
    const options = ["size", "mode"].flatMap((name) => {
      const found = fields.get(`tmpfs-${name}`);
      return found === undefined ? [] : [`${name}=${found}`];
    });
    return { path: target, options };
  }
  const source = first("source", "src");
  const recursive = fields.get("bind-recursive");
  const isSet = (name: string) => fields.has(name) && !/^(false|0)$/.test(fields.get(name) ?? "");
  const options = [fields.get("bind-propagation"), isSet("volume-nocopy") ? "nocopy" : undefined];
  const known = options.filter((option) => option !== undefined);
  return {
    type: fields.get("type") === "bind" ? "bind" : "volume",
    ...(source !== undefined && { source }),
    target,
    readOnly: isSet("readonly") || isSet("ro"),
    ...(recursive !== undefined && { recursive }),
    ...(known.length > 0 && { options: known }),
  };
}

function readField(field: string): [name: string, value: string] {
  const equals = field.indexOf("=");
  return equals === -1 ? [field, ""] : [field.slice(0, equals), field.slice(equals + 1)];
}

/** Quotes a field for `--mount`, whose value is a line of CSV. */
function csvField(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function readCsv(line: string): string[] {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === '"' && quoted && line[at + 1] === '"') {
      field += char;
      at++;
    } else if (char === '"') quoted = !quoted;
    else if (char === "," && !quoted) {
      fields.push(field);
      field = "";
    } else field += char;
  }
  return [...fields, field];
}
