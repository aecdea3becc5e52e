import { URI } from "vscode-uri";

/** The one spelling of a URI under which a snapshot is asked for it; text that is no URI stays as it is. */
export function canonicalUri(uri: string): string {
  return parse(uri)?.toString() ?? uri;
}

/**
 * The URI of a path as a file writes it, relative to the folder of `base`; a base that ends in a slash is
 * that folder itself. Undefined for what leads out of the files: a home folder, a URL, a variable.
 */
export function resolveUri(base: string, path: string): string | undefined {
  if (/^(~|[a-z][\w+.-]+:|git@)|\$|^$/i.test(path)) return undefined;
  const from = parse(base);
  if (!from) return undefined;
  const windows = from.scheme === "file" && (/^\/[a-z]:/i.test(from.path) || from.authority !== "");
  const written = windows ? path.replaceAll("\\", "/") : path;
  const folder = from.path.slice(0, from.path.lastIndexOf("/") + 1);
  if (windows && /^[a-z]:\//i.test(written)) return normal(from.with({ authority: "" }), `/${written}`);
  return normal(from, written.startsWith("/") ? written : folder + written);
}

function normal(uri: URI, path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  try {
    return uri.with({ path: `/${segments.join("/")}`, query: "", fragment: "" }).toString();
  } catch {
    return undefined;
  }
}

function parse(uri: string): URI | undefined {
  try {
    return URI.parse(uri);
  } catch {
    return undefined;
  }
}
