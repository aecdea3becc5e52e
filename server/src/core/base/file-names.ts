/**
 * Whether a path or URI ends in one of the names, but not in an excepted one. `*` is any number of characters
 * of the name; case is ignored.
 */
export function fileNames({
  names,
  except,
}: {
  readonly names: readonly string[];
  readonly except: readonly string[];
}): (path: string) => boolean {
  const small = (pattern: string) => starred(pattern.toLowerCase());
  const wanted = names.map(small);
  const unwanted = except.map(small);
  return (path) => {
    const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).toLowerCase();
    return wanted.some((is) => is(name)) && !unwanted.some((is) => is(name));
  };
}

/** A pattern that has no special character but stars; letters match in the case in which they are written. */
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
