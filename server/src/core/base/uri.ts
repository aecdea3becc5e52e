// vscode-uri is not used, although its encoding is the same: it throws on half a surrogate pair, turns a string that
// is not a URI into that of a file, and resolves neither `D:/x` nor backslashes as Windows does.

interface Uri {
  /** `file://`, `file://server`, `untitled:` … as written, except that scheme and authority are in lower case. */
  readonly origin: string;
  /** The decoded path, with forward slashes. */
  readonly path: string;
  /** Query and fragment as written; only virtual file systems use them. */
  readonly rest: string;
}

/** Returns the text of the file with a URI; undefined if there is none. */
export type Read = (uri: string) => string | undefined;

/** Matches the URI of a file whose path needs no decoding and has no drive. */
const plainFile = /^file:\/\/\/[\w.~/-]*$/;

/**
 * The canonical form of a URI, which a snapshot uses: everything but unreserved characters and slashes is encoded,
 * and drive letters are in lower case, as in VS Code. A string that is not a URI is left as it is.
 */
export function canonicalUri(uri: string): string {
  if (plainFile.test(uri)) return uri;
  const known = spelled.get(uri);
  if (known !== undefined) return known;
  const parsed = parse(uri);
  const canonical = parsed ? spell(parsed) : uri;
  if (spelled.size >= mostSpelled) spelled.clear();
  spelled.set(uri, canonical);
  return canonical;
}

/** Caches the canonical form of requested URIs, such as those of paths with spaces or on Windows. */
const spelled = new Map<string, string>();
const mostSpelled = 5_000;

/**
 * The URI of a path that is written in a file, relative to the directory of `base`; a base with a trailing slash is a
 * directory. Undefined for anything that is not a file path: a home directory, a URL, a variable.
 */
export function resolveUri(base: string, path: string): string | undefined {
  if (/^(~|[a-z][\w+.-]+:|git@)|\$|^$/i.test(path)) return undefined;
  if (plainFile.test(base) && /^[\w.~/-]+$/.test(path))
    return `file://${normalPath(path.startsWith("/") ? path : base.slice("file://".length, base.lastIndexOf("/") + 1) + path)}`;
  const from = parse(base);
  if (!from) return undefined;
  const { origin } = from;
  const windows = origin.startsWith("file:") && (/^\/[a-z]:/i.test(from.path) || origin !== "file://");
  const written = windows ? path.replaceAll("\\", "/") : path;
  const folder = from.path.slice(0, from.path.lastIndexOf("/") + 1);
  if (windows && /^[a-z]:\//i.test(written))
    return spell({ origin: "file://", path: normalPath(`/${written}`), rest: "" });
  return spell({ origin, path: normalPath(written.startsWith("/") ? written : folder + written), rest: "" });
}

/** The directory of a file, without a trailing slash. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf("/"));
}

/**
 * The path of a `file:` URI as command lines accept it, beginning with the drive on Windows; undefined for another
 * scheme.
 */
export function filePath(uri: string): string | undefined {
  const parsed = parse(uri);
  if (!parsed?.origin.startsWith("file:")) return undefined;
  const { origin, path } = parsed;
  if (/^\/[a-z]:/i.test(path)) return path.slice(1);
  return origin === "file://" || origin === "file:" ? path : `${origin.slice("file:".length)}${path}`;
}

/** An absolute path without the segments `.` and `..`. */
export function normalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return `/${segments.join("/")}`;
}

function parse(uri: string): Uri | undefined {
  const match = /^([a-z][a-z\d+.-]*:)(\/\/[^/?#]*)?([^?#]*)(.*)$/is.exec(uri);
  if (!match) return undefined;
  const [, scheme = "", authority = "", path = "", rest = ""] = match;
  return { origin: (scheme + authority).toLowerCase(), path: path.split("/").map(decode).join("/"), rest };
}

function spell({ origin, path, rest }: Uri): string {
  const small = path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  return origin + small.split("/").map(encode).join("/") + rest;
}

/** Decodes a segment. A percent sign that does not begin an escape sequence is kept. */
function decode(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Also encodes five reserved characters that `encodeURIComponent` leaves alone, and replaces lone surrogates, which
 * it rejects.
 */
function encode(segment: string): string {
  if (/^[\w.~-]*$/.test(segment)) return segment;
  const code = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, "\uFFFD")).replace(/[!'()*]/g, code);
}
