/**
 * Returns whether a path or URI ends in one of the names, but not in an excepted one. `*` matches any number of
 * characters of the name; case is ignored. A name can include parent directories: `.github/workflows/*.yml`.
 */
export function fileNames({
  names,
  except = [],
}: {
  readonly names: readonly string[];
  readonly except?: readonly string[];
}): (path: string) => boolean {
  const small = (pattern: string) => ({
    is: starred(pattern.toLowerCase()),
    parts: pattern.split("/").length,
  });
  const wanted = names.map(small);
  const unwanted = except.map(small);
  return (path) => {
    const name = lastParts(path, 1);
    const matches = ({ is, parts }: ReturnType<typeof small>) =>
      is(parts === 1 ? name : lastParts(path, parts));
    return wanted.some(matches) && !unwanted.some(matches);
  };
}

/** The last `count` parts of a path, in lower case and separated by slashes. */
function lastParts(path: string, count: number): string {
  let at = path.length;
  for (let left = count; left > 0 && at > 0; left--)
    at = Math.max(path.lastIndexOf("/", at - 1), path.lastIndexOf("\\", at - 1));
  return path
    .slice(at + 1)
    .replaceAll("\\", "/")
    .toLowerCase();
}

/** Compiles a pattern in which only stars are special; letters are case-sensitive. */
export function starred(pattern: string): (name: string) => boolean {
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) return (name) => name === first;
  return (name) => {
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const part of others) {
      const found = name.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}
